/**
 * On whose behalf the database is used. Row-level security reads both settings; a transaction without them sees no
 * child's row at all.
 */
export interface DatabaseContext {
  /** Every row that a command touches belongs to one tenant; an installation that serves one country has tenant 1. */
  readonly tenant: number;
  /** How the caller may stand to a case, in the words that row policies of read models compare. */
  readonly principals: readonly string[];
}

const principalShape = /^[\w:.-]{1,120}$/;
const largestTenant = 2 ** 31 - 1;

/**
 * Opens a transaction in a context. `SET LOCAL` ends with the transaction, so nothing leaks to the next user of the
 * pooled connection. It takes no parameters, so that all of this travels in one message; what it quotes is checked.
 *
 * @throws RangeError for a tenant or principal that could not have come from the program itself.
 */
export function beginIn(context: DatabaseContext, mode: 'read only' | 'read write'): string {
  const { tenant, principals } = settingsOf(context);
  // One snapshot for all statements of a reader: what it puts together from several tables belongs together.
  const begin = mode === 'read only' ? 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' : 'BEGIN';
  return `${begin};SET LOCAL spean.tenant='${tenant}';SET LOCAL spean.principals='${principals}'`;
}

const setContextText = "SELECT set_config('spean.tenant', $1, true), set_config('spean.principals', $2, true)";

/**
 * Sets the context of the transaction that the statement runs in.
 *
 * @throws RangeError for a tenant or principal that could not have come from the program itself.
 */
export function setContext(context: DatabaseContext) {
  const { tenant, principals } = settingsOf(context);
  return { name: 'set_context', text: setContextText, values: [tenant, principals] };
}

function settingsOf({ tenant, principals }: DatabaseContext) {
  if (!Number.isInteger(tenant) || tenant < 1 || tenant > largestTenant) {
    throw new RangeError('a tenant is a positive integer');
  }
  if (!principals.every((principal) => principalShape.test(principal))) {
    throw new RangeError('a principal is written in letters, digits and : . _ -');
  }
  return { tenant: String(tenant), principals: principals.join(',') };
}
