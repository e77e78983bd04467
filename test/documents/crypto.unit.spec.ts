import { describe, expect, it } from '@jest/globals';

import { filesWith, foundBy, sources } from './sources.js';

const importsOfCrypto = foundBy(/import \{([^}]*)\} from 'node:crypto'/g).flatMap((names) =>
  names.split(',').map((name) => name.trim().replace(/^type /, '')),
);

describe('cryptography, as docs/security/keys.md lists it,', () => {
  it('is that of Node and of five packages, and nothing made here', () => {
    expect(filesWith(/from 'crypto'|\* as \w+ from 'node:crypto'|globalThis\.crypto|\bcrypto\.subtle/)).toEqual([]);
    expect([...new Set(importsOfCrypto)].filter((name) => name !== '').sort()).toEqual([
      ...['KeyObject', 'ScryptOptions', 'createCipheriv', 'createDecipheriv', 'createHash', 'createHmac'],
      ...['createPrivateKey', 'createPublicKey', 'generateKeyPairSync', 'hash', 'hkdfSync', 'randomBytes'],
      ...['randomInt', 'randomUUID', 'scrypt', 'sign', 'verify'],
    ]);
    expect(filesWith(/from '@node-rs\/argon2'/)).toEqual(['libs/identities/src/passwords/hashing.ts']);
    expect(filesWith(/from 'otpauth'/)).toEqual(['libs/identities/src/second-factors/totp.ts']);
  });

  it('seals with AES-256-GCM alone, its tag whole on both sides', () => {
    expect(foundBy(/'(aes-[\w-]+)'/gi)).toEqual(['aes-256-gcm']);
    const given = sources.flatMap(({ text }) =>
      [...text.matchAll(/create(?:C|Dec)ipheriv\((.*?\})\)/g)].map(([, each]) => each),
    );
    expect(given).toHaveLength(6);
    for (const each of given) {
      expect(each).toMatch(/^(?:algorithm|'aes-256-gcm'), key, .*\{ authTagLength \}$/);
    }
    expect(filesWith(/authTagLength = (?!16;)/)).toEqual([]);
    expect(foundBy(/\b(CKM_\w+)/g)).toEqual([
      ...['CKM_AES_GCM', 'CKM_AES_KEY_GEN', 'CKM_GENERIC_SECRET_KEY_GEN', 'CKM_SHA256_HMAC'],
    ]);
  });

  it('digests and derives with SHA-256, and signs with Ed25519', () => {
    expect(foundBy(/\b(?:createHash|createHmac|hash|hkdfSync)\(\s*('[^']*')/g)).toEqual(["'sha256'"]);
    expect(foundBy(/\bgenerateKeyPairSync\(\s*('[^']*')/g)).toEqual(["'ed25519'"]);
    expect(foundBy(/'(md[245]|sha-?1|sha-?224|rc4|des(?:3|x|-[\w-]+)?|[\w-]*-(?:ecb|cbc))'/gi)).toEqual(['SHA1']);
    expect(filesWith(/\bmd5\(|gen_salt\(|\bcrypt\(/)).toEqual([]);
  });

  it('has SHA-1 in the codes of authenticator apps alone, most of which know nothing else', () => {
    expect(filesWith(/'SHA1'/)).toEqual(['libs/identities/src/second-factors/totp.ts']);
  });

  it('draws what nobody may guess from the generator of the system', () => {
    // A random wait between two tries is nothing that anybody would want to guess.
    expect(filesWith(/Math\.random/).sort()).toEqual([
      'libs/connectors/src/exchange.ts',
      'libs/database/src/unit-of-work.ts',
    ]);
    expect(foundBy(/newToken = \(\): string => (randomBytes\(\d+\))/g)).toEqual(['randomBytes(32)']);
    expect(foundBy(/(?:keyBytes|secretBytes|rowKeyBytes) = (\d+)/g)).toEqual(['20', '32']);
  });
});
