import { expect } from '@jest/globals';

interface Unmet {
  readonly code: string;
  readonly subject: string;
  readonly text: { readonly en: string; readonly km: string };
}

const khmer = /[\u1780-\u17ff]/;

/** What a refusal or a next step lists as missing, in alphabetical order; each is said in English and in Khmer. */
export function missing(listed: { readonly unmet?: readonly Unmet[] } | readonly Unmet[]): string[] {
  const all = 'length' in listed ? listed : (listed.unmet ?? []);
  for (const { text } of all) {
    expect(text).toEqual({ en: expect.stringMatching(/[a-z]/i), km: expect.stringMatching(khmer) });
  }
  return all.map(({ code, subject }) => `${code} ${subject}`).sort();
}
