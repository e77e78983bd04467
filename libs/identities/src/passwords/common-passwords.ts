import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

import { checkoutDirectory } from '#libs/configuration';

/**
 * 39,774 passwords that were found most often in leaked collections: the lists of Django (BSD licence) and zxcvbn (MIT
 * licence) together, in lower case and sorted.
 */
const file = 'libs/identities/src/passwords/common-passwords.txt.gz';

let list: ReadonlySet<string> | undefined;

const commonPasswords = (): ReadonlySet<string> =>
  (list ??= new Set(
    gunzipSync(readFileSync(path.join(checkoutDirectory(), file)))
      .toString('utf8')
      .split('\n'),
  ));

const endsThatAddLittle = /^[\p{N}\p{P}$+<=>^`|~\s]+|[\p{N}\p{P}$+<=>^`|~\s]+$/gu;
const repeated = /^(.+?)\1+$/u;

/**
 * Whether a password is one of the list, or one of the list with digits and signs at its ends, or either of them written
 * several times: most of the list is shorter than what is asked for, and this is how people make it longer.
 */
export function isCommon(password: string): boolean {
  const written = password.toLowerCase();
  const once = repeated.exec(written)?.[1] ?? written;
  const bare = once.replace(endsThatAddLittle, '');
  return [written, once, bare, repeated.exec(bare)?.[1] ?? bare].some(
    (form) => form === '' || [...new Set(form)].length < 3 || commonPasswords().has(form),
  );
}
