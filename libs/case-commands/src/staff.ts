import type { CaseCommand, StaffFacts } from '#libs/cases';
import type { Queryable } from '#libs/database';

/** Members of staff that a command names and whose part in it depends on who they are. */
export function staffNamedIn(command: CaseCommand): string[] {
  const decision =
    command.type === 'RecordDecision'
      ? command.data
      : command.type === 'TakeTransition'
        ? command.data.decision
        : undefined;
  return decision?.members.map(({ id }) => id) ?? [];
}

/** Those of them who are in the directory and have not left. */
export async function loadStaff(queries: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, StaffFacts>> {
  if (ids.length === 0) return new Map();
  const rows = await queries.query<StaffFacts & { id: string }>(
    'staff_named',
    'SELECT id, agency, roles FROM staff WHERE tenant_id = $1 AND id = ANY ($2::text[]) AND active',
    [queries.context.tenant, ids],
  );
  return new Map(rows.map(({ id, agency, roles }) => [id, { agency, roles }]));
}
