import path from 'node:path';
import { checkoutDirectory } from './checkout.js';
import type { Variables } from './variables.js';

/** Where a master key is kept. */
export type MasterKeySource =
  | { readonly kind: 'file'; /** Absolute path. */ readonly file: string }
  | { readonly kind: 'environment'; /** 32 bytes in base64. */ readonly key: string }
  | {
      readonly kind: 'pkcs11';
      /** Library of the module's maker, absolute path. */
      readonly module: string;
      /** Label of the token, and of the key on it. */
      readonly token: string;
      readonly key: string;
      readonly pin: string;
    };

export interface MasterKeySources {
  /** The key that wraps whatever is written from now on. */
  readonly active: MasterKeySource;
  /** While keys are rotated: the one that still wraps something, or will be the active one next. */
  readonly other?: MasterKeySource;
}

/** 32 bytes in base64 or base64url, with or without padding. */
const keyShape = /^[\w+/-]{43}=?$/;

interface Defaults {
  production: boolean;
  dataDirectory: string;
}

export function readMasterKeys(variables: Variables, defaults: Defaults): MasterKeySources {
  const active = readActive(variables, defaults);
  const other = readSource(variables, 'OTHER_');
  return other === undefined ? { active } : { active, other };
}

function readActive(variables: Variables, { production, dataDirectory }: Defaults): MasterKeySource {
  const named = readSource(variables, '');
  if (named !== undefined) return named;
  if (production && variables.problems.every(({ variable }) => !variable.includes('MASTER_KEY'))) {
    variables.refuse(
      'SPEAN_MASTER_KEY_FILE',
      'is missing; production does not make up a key of its own. Set it, SPEAN_MASTER_KEY or SPEAN_MASTER_KEY_PKCS11_MODULE',
    );
  }
  return { kind: 'file', file: path.join(dataDirectory, 'master.key') };
}

function readSource(variables: Variables, prefix: '' | 'OTHER_'): MasterKeySource | undefined {
  const name = `SPEAN_${prefix}MASTER_KEY`;
  const file = variables.text(`${name}_FILE`);
  const key = variables.text(name);
  const module = variables.text(`${name}_PKCS11_MODULE`);
  if ([file, key, module].filter((each) => each !== undefined).length > 1) {
    return variables.refuse(
      name,
      `is named in several places; set one of ${name}, ${name}_FILE, ${name}_PKCS11_MODULE`,
    );
  }
  if (file !== undefined) return { kind: 'file', file: path.resolve(checkoutDirectory(), file) };
  if (module !== undefined) return readToken(variables, name, module);
  if (key === undefined) return undefined;
  return keyShape.test(key)
    ? { kind: 'environment', key }
    : variables.refuse(
        name,
        'is not a key: expected 32 random bytes in base64, as `openssl rand -base64 32` writes them',
      );
}

function readToken(variables: Variables, name: string, module: string): MasterKeySource | undefined {
  const needed = (variable: string, value: string | undefined) =>
    value ?? variables.refuse(variable, `is missing; ${name}_PKCS11_MODULE needs it`);
  const token = needed(`${name}_PKCS11_TOKEN`, variables.text(`${name}_PKCS11_TOKEN`));
  const pin = needed(`${name}_PKCS11_PIN`, variables.secret(`${name}_PKCS11_PIN`));
  const key = needed(`${name}_PKCS11_KEY`, variables.text(`${name}_PKCS11_KEY`));
  if (token === undefined || pin === undefined || key === undefined) return undefined;
  return { kind: 'pkcs11', module: path.resolve(checkoutDirectory(), module), token, key, pin };
}
