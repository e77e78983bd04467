import { Inject, Injectable } from '@nestjs/common';

import { ExchangeCodes } from '#libs/code-tables';
import type { PathwayRegistry } from '#libs/pathway-files';

import { fieldError } from '../http/field-errors.js';
import { invalidFields } from '../http/problem.js';
import { PATHWAYS } from '../tokens.js';

/** Codes that requests name, by the field they stand in. */
export interface NamedCodes {
  service?: string | undefined;
  languages?: readonly string[] | undefined;
  language?: string | undefined;
  kinds?: readonly string[] | undefined;
  kind?: string | undefined;
}

/** What is asked for or offered under a code that nobody knows would match nothing, and nobody would be told. */
@Injectable()
export class KnownCodes {
  constructor(
    @Inject(PATHWAYS) private readonly pathways: PathwayRegistry,
    private readonly exchangeCodes: ExchangeCodes,
  ) {}

  /**
   * @param prefix where the fields stand in the request
   * @throws RequestProblem naming every field with an unknown code
   */
  async assert({ service, languages, language, kinds, kind }: NamedCodes, prefix = ''): Promise<void> {
    const { languages: spoken = {}, careKinds = {} } = this.pathways.common.labels;
    const { services } = await this.exchangeCodes.inForce();
    const unknown = [
      ...(service === undefined || services.known.has(service) ? [] : ['service']),
      ...(areKnown(languages, spoken) ? [] : ['languages']),
      ...(areKnown(language === undefined ? [] : [language], spoken) ? [] : ['language']),
      ...(areKnown(kinds, careKinds) ? [] : ['kinds']),
      ...(areKnown(kind === undefined ? [] : [kind], careKinds) ? [] : ['kind']),
    ];
    if (unknown.length === 0) return;
    throw invalidFields(...unknown.map((field) => fieldError(`${prefix}${field}`, { code: 'not_found' })));
  }
}

const areKnown = (codes: readonly string[] = [], list: object): boolean =>
  codes.every((code) => Object.hasOwn(list, code));
