import { formsOf, type Form } from './forms.js';

/** A word was found, in an encoding. */
export interface Hit {
  /** What kind of word, not the word itself. */
  readonly word: string;
  readonly encoding: string;
}

/** Words to look for, in all forms. */
export class Needles {
  readonly #forms: readonly (Form & { readonly word: string })[];

  /** @param words by what they are */
  constructor(words: Readonly<Record<string, string>>) {
    this.#forms = Object.entries(words).flatMap(([word, text]) => formsOf(text).map((form) => ({ word, ...form })));
  }

  in(hay: Buffer): Hit[] {
    return this.#forms.filter(({ bytes }) => hay.includes(bytes)).map(({ word, encoding }) => ({ word, encoding }));
  }
}
