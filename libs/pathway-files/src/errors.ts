import type { Finding } from '#libs/pathways';
import { findingLine } from './finding-line.js';

/** A definition file has errors; the message lists every finding. */
export class InvalidDefinition extends Error {
  override readonly name = 'InvalidDefinition';

  constructor(
    file: string,
    readonly findings: readonly Finding[],
  ) {
    super([`${file} is no valid definition:`, ...findings.map((finding) => findingLine(file, finding))].join('\n'));
  }
}

/** No definition has this key or id. */
export class UnknownPathway extends Error {
  override readonly name = 'UnknownPathway';

  constructor(readonly key: string) {
    super(`no pathway is named ${key}`);
  }
}
