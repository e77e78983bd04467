import { readFileSync } from 'node:fs';
import path from 'node:path';

import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { parse } from 'yaml';

import { checkoutDirectory } from '#libs/configuration';

import { sharingSchema } from './sharing-schema.js';
import { SharingPolicy, type SharingFile } from './sharing-policy.js';

const ajv = new Ajv2020({ allErrors: true });
formats.default(ajv);
const validate = ajv.compile<SharingFile>(sharingSchema);

/** The policy cannot be read as one, and nothing may be shared by it. */
export class InvalidSharingPolicy extends Error {
  override readonly name = 'InvalidSharingPolicy';
}

export const sharingPolicyFile = (): string =>
  path.join(checkoutDirectory(), 'libs', 'access', 'src', 'sharing', 'information-sharing.yaml');

/**
 * The policy that the product ships.
 *
 * @throws InvalidSharingPolicy
 */
export function loadSharingPolicy(): SharingPolicy {
  return readSharingPolicy(readFileSync(sharingPolicyFile(), 'utf8'));
}

/** @throws InvalidSharingPolicy saying what is wrong with the text */
export function readSharingPolicy(text: string): SharingPolicy {
  const file = parsed(text);
  if (!validate(file)) throw new InvalidSharingPolicy(ajv.errorsText(validate.errors, { dataVar: 'policy' }));
  if (!coversEverything(file)) throw new InvalidSharingPolicy('policy/purposes: the last one must list "*" alone');
  return new SharingPolicy(file);
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new InvalidSharingPolicy(`not YAML: ${(error as Error).message}`);
  }
}

/** What no purpose lists must still have a rule, and a `*` before the last one would hide those after it. */
function coversEverything({ purposes }: SharingFile): boolean {
  const open = Object.values(purposes).map(({ services }) => services.includes('*'));
  return open.indexOf(true) === open.length - 1 && Object.values(purposes).at(-1)?.services.length === 1;
}
