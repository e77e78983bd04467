import type { Schema } from './values.js';

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: Schema | undefined;
  /** Whether the body is a file instead. */
  readonly takesFile: boolean;
}

interface Described {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> };
}

/** The description that the program publishes of itself. */
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

/** All but the two that watchdogs ask: they say 503 where it is so. */
export function operationsOf({ paths }: Description): Operation[] {
  const inside = Object.entries(paths).filter(([path]) => path.startsWith('/api/'));
  return inside.flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      parameters,
      body: requestBody?.content['application/json']?.schema,
      takesFile: requestBody?.content['application/octet-stream'] !== undefined,
    })),
  );
}

export const resolverOf =
  ({ components }: Description) =>
  (ref: string): Schema =>
    components?.schemas?.[ref.split('/').at(-1) ?? ''] ?? {};
