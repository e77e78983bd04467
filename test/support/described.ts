import { expect } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

import type { TestApi } from './api.js';

type Schema = Record<string, unknown>;
type Paths = Record<
  string,
  Record<string, { responses: Record<string, { content: Record<string, { schema: Schema }> }> }>
>;

interface Asked {
  /** For the places in braces. */
  ids?: Record<string, string>;
  query?: string;
  headers?: Record<string, string>;
}

/** What the interface answers, after checking it against what its description promises. */
export class DescribedReads {
  readonly #ajv = formats.default(new Ajv2020({ strict: false }));

  private constructor(
    private readonly api: TestApi,
    private readonly paths: Paths,
  ) {}

  static async of(api: TestApi): Promise<DescribedReads> {
    const description = await api.app.inject({ url: '/openapi.json' });
    return new DescribedReads(api, description.json<{ paths: Paths }>().paths);
  }

  async told<Body>(pattern: string, { ids = {}, query = '', headers = {} }: Asked = {}): Promise<Body> {
    const url = `/api/v1${pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? '')}${query}`;
    const answer = await this.api.ask('GET', url, undefined, headers);
    expect([url, answer.statusCode, answer.payload]).toEqual([url, 200, expect.anything()]);
    const schema = this.paths[`/api/v1${pattern}`]?.['get']?.responses['200']?.content['application/json']?.schema;
    const valid = this.#ajv.validate(schema ?? false, answer.json());
    expect([pattern, valid, this.#ajv.errors]).toEqual([pattern, true, null]);
    return answer.json<Body>();
  }
}
