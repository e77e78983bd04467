/**
 * The only things that may be logged: ids, codes, counts and times. A field that is not listed, or whose value has
 * another shape than listed, is left out, so a name, a note or a request body handed in by mistake goes nowhere.
 * A list of what to hide would have to know every place a name can turn up in; this one need not.
 */
export interface LogFields {
  traceId?: string;
  method?: string;
  /** The pattern, `/api/v1/cases/:caseId`, never the address that was called. */
  route?: string;
  status?: number;
  /** Duration in milliseconds. */
  ms?: number;
  caller?: string;
  caseId?: string;
  /** A case or a facility. */
  streamId?: string;
  personId?: string;
  version?: number;
  code?: string;
  deadline?: string;
  queue?: string;
  job?: string;
  count?: number;
  port?: number;
  signal?: string;
  /** Logged as its class, its code and where it was thrown; the message may hold anything and stays behind. */
  error?: unknown;
}

type Serialiser = (value: unknown) => unknown;

const matching =
  (shape: RegExp): Serialiser =>
  (value) =>
    typeof value === 'string' && shape.test(value) ? value : undefined;

const finite: Serialiser = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);

const code = matching(/^[\w.:#@-]{1,100}$/);
const uuid = matching(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);

const serialisers: Record<keyof LogFields, Serialiser> = {
  traceId: matching(/^[0-9a-f]{32}$/),
  method: matching(/^[A-Z]{3,10}$/),
  route: matching(/^(?:\/[\w.:*-]*)+$/),
  status: finite,
  ms: finite,
  caller: code,
  caseId: uuid,
  streamId: uuid,
  personId: uuid,
  version: finite,
  code,
  deadline: code,
  queue: code,
  job: code,
  count: finite,
  port: finite,
  signal: code,
  error: errorShape,
};

/** The fields as they are written: what is not allowed is gone. */
export function fieldsOf(fields: LogFields): Record<string, unknown> {
  const written: Record<string, unknown> = {};
  for (const [name, serialise] of Object.entries(serialisers)) {
    const value = serialise(fields[name as keyof LogFields]);
    if (value !== undefined) written[name] = value;
  }
  return written;
}

const frame = /^\s+at .+$/;

function errorShape(error: unknown): unknown {
  if (!(error instanceof Error)) return error === undefined ? undefined : { name: 'NotAnError' };
  const own = 'code' in error ? code(error.code) : undefined;
  return {
    name: code(error.name) ?? 'Error',
    ...(own === undefined ? {} : { code: own }),
    at: framesOf(error),
    ...(error.cause === undefined ? {} : { cause: errorShape(error.cause) }),
  };
}

/** The stack repeats the message above its frames, over as many lines as the message has. */
function framesOf({ stack = '', message }: Error): string[] {
  const below = stack.includes(message) ? stack.slice(stack.indexOf(message) + message.length) : stack;
  return below
    .split('\n')
    .filter((line) => frame.test(line))
    .map((line) => line.trim());
}
