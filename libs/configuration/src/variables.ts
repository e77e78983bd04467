import { readFileSync } from 'node:fs';
import type { Problem } from './problems.js';

/** Reads single variables and collects what is wrong with them instead of stopping at the first. */
export class Variables {
  readonly problems: Problem[] = [];

  constructor(private readonly env: NodeJS.ProcessEnv) {}

  /** An empty value counts as absent: it is what a compose file makes of an unset variable. */
  text(variable: string): string | undefined {
    return this.env[variable]?.trim() || undefined;
  }

  /** A value that may also come from the file that `<variable>_FILE` names, as container secrets do. */
  secret(variable: string): string | undefined {
    const direct = this.text(variable);
    const file = this.text(`${variable}_FILE`);
    if (file === undefined) return direct;
    if (direct !== undefined) return this.refuse(variable, `is set as well as ${variable}_FILE; set one of them`);
    try {
      return readFileSync(file, 'utf8').trim() || this.refuse(`${variable}_FILE`, 'names an empty file');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return this.refuse(`${variable}_FILE`, `names a file that cannot be read (${code ?? 'unknown error'})`);
    }
  }

  /** A URL that may hold a password, which is why a refusal never repeats it. */
  url(variable: string, protocols: readonly string[]): string | undefined {
    const value = this.secret(variable);
    if (value === undefined) return undefined;
    const expected = protocols.map((protocol) => `${protocol}//`).join(' or ');
    if (!URL.canParse(value)) return this.refuse(variable, `is not a URL; expected ${expected}`);
    if (!protocols.includes(new URL(value).protocol)) return this.refuse(variable, `must begin with ${expected}`);
    return value;
  }

  oneOf<Value extends string>(variable: string, values: readonly Value[], otherwise: Value): Value {
    const text = this.text(variable);
    if (text === undefined) return otherwise;
    const value = values.find((each) => each === text);
    if (value !== undefined) return value;
    this.refuse(variable, `is "${text}"; expected one of ${values.join(', ')}`);
    return otherwise;
  }

  integer(variable: string, from: number, to: number): number | undefined {
    const text = this.text(variable);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= from && value <= to) return value;
    return this.refuse(variable, `is "${text}"; expected a whole number from ${from} to ${to}`);
  }

  refuse(variable: string, reason: string): undefined {
    this.problems.push({ variable, reason });
    return undefined;
  }
}
