import { createHmac } from 'node:crypto';

import { canonicalPhone, namesOf, type WrittenNames } from '#libs/names';
import type { IndexKeys } from './index-keys.js';

/** What a person can be found by. */
export interface Findable extends WrittenNames {
  /** `2012-02-02`, `2012-02` or `2012`. */
  birthDate?: string | undefined;
  phone?: string | undefined;
  mosvyNumber?: string | undefined;
}

/** A keyed digest of a form, which tells nothing but whether two forms are the same. Versions never meet. */
export interface IndexToken {
  readonly version: number;
  readonly token: Buffer;
}

/** Short enough that different people share a token now and then: a token in a stolen table proves nothing. */
const TOKEN_BYTES = 4;
const UNKNOWN = '?';

/**
 * Finds people by names without storing any: keyed tokens over the forms of a name, its coarser forms only together with
 * the year of birth, so that a common family name alone is no token. What is found this way is opened and compared.
 */
export class BlindIndex {
  readonly #keys: IndexKeys;

  constructor(keys: IndexKeys) {
    this.#keys = keys;
  }

  /** Tokens under which a person is kept, of every version in use. */
  async tokensOf(person: Findable): Promise<IndexToken[]> {
    return this.#tokens(formsOf(person, [yearOf(person) ?? UNKNOWN]));
  }

  /** Tokens to look under for a person told like this: years of birth are often off by one, or unknown. */
  async tokensToFind(person: Findable): Promise<IndexToken[]> {
    const year = yearOf(person);
    const near = year === undefined ? [] : [-1, 0, 1].map((off) => String(Number(year) + off));
    return this.#tokens(formsOf(person, [...near, UNKNOWN]));
  }

  async #tokens(forms: readonly string[]): Promise<IndexToken[]> {
    const keys = await this.#keys.of('names');
    return keys.flatMap(({ version, key }) => {
      const tokens = forms.map((form) => createHmac('sha256', key).update(form).digest().subarray(0, TOKEN_BYTES));
      const different = new Map(tokens.map((token) => [token.toString('hex'), token]));
      return [...different.values()].map((token) => ({ version, token }));
    });
  }
}

function formsOf(person: Findable, years: readonly string[]): string[] {
  const { khmer, latin, sound, skeletons } = namesOf(person);
  const { mosvyNumber } = person;
  return [
    ...named('khmer', khmer),
    ...named('latin', latin),
    ...years.flatMap((year) => [
      ...(sound === undefined ? [] : named('sound', `${sound}|${year}`)),
      ...skeletons.flatMap((skeleton) => named('skeleton', `${skeleton}|${year}`)),
    ]),
    ...named('phone', canonicalPhone(person.phone ?? '')),
    ...named('mosvy number', mosvyNumber?.replace(/\W/gu, '').toUpperCase()),
  ];
}

const named = (kind: string, form: string | undefined): string[] =>
  form === undefined || form === '' ? [] : [`${kind}|${form}`];

const yearOf = ({ birthDate }: Findable): string | undefined => /^\d{4}/u.exec(birthDate ?? '')?.[0];
