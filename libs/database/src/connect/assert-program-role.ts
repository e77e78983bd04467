import { withClient } from './roles.js';

interface Power {
  readonly name: string;
  readonly superuser: boolean;
  readonly bypassesPolicies: boolean;
  readonly ownsLog: boolean;
}

/**
 * Refuses a program that could change the log or see past the row policies, whatever the grants say. The login counts
 * as well as the role it took: a session can always return to its login.
 *
 * @throws Error naming the role and each power it must not have.
 */
export async function assertProgramRole(programUrl: string): Promise<void> {
  const powers = await withClient(programUrl, async (client) => {
    const { rows } = await client.query<Power>(
      `SELECT rolname AS name, rolsuper AS superuser, rolbypassrls AS "bypassesPolicies",
         EXISTS (SELECT FROM pg_class WHERE relname IN ('events', 'streams') AND relkind IN ('r', 'p')
           AND pg_has_role(pg_roles.oid, relowner, 'MEMBER')) AS "ownsLog"
       FROM pg_roles WHERE rolname IN (current_user, session_user)`,
    );
    return rows;
  });
  const complaints = powers.flatMap((power) => [
    ...(power.superuser ? [`${power.name} is a superuser`] : []),
    ...(power.bypassesPolicies ? [`${power.name} bypasses row-level security`] : []),
    ...(power.ownsLog ? [`${power.name} owns the log`] : []),
  ]);
  if (complaints.length > 0) {
    throw new Error(`The program must not log in to the database with this role: ${complaints.join(', ')}`);
  }
}
