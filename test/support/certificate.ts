import { generateKeyPairSync, sign } from 'node:crypto';

/** Key and certificate of a server, in PEM. */
export interface SelfSigned {
  readonly key: string;
  readonly cert: string;
}

/** ecdsa-with-SHA256, and the common name (X.520), as object identifiers. */
const [ecdsaWithSha256, commonName] = [
  [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02],
  [0x55, 0x04, 0x03],
];

/** A certificate that whoever made it vouches for alone: X.509 version 1, good for a day on either side of now. */
export function selfSigned(name: string): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(tagged(0x06, Buffer.from(ecdsaWithSha256)));
  const who = sequence(tagged(0x31, sequence(tagged(0x06, Buffer.from(commonName)), tagged(0x0c, Buffer.from(name)))));
  const validity = sequence(time(Date.now() - dayMs), time(Date.now() + dayMs));
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const body = sequence(tagged(0x02, Buffer.from([1])), algorithm, who, validity, who, key);
  const signature = tagged(0x03, Buffer.concat([Buffer.alloc(1), sign('sha256', body, privateKey)]));
  const certificate = sequence(body, algorithm, signature).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}

const dayMs = 86_400_000;

/** DER: a tag, the length, the value. Nothing here is longer than 65,535 bytes. */
function tagged(tag: number, value: Buffer): Buffer {
  const { length } = value;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), value]);
}

const sequence = (...parts: Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts));

/** `20260314020000Z` */
const time = (ms: number): Buffer =>
  tagged(0x18, Buffer.from(`${new Date(ms).toISOString().replaceAll(/[-:T]|\.\d+Z/g, '')}Z`));
