import type { Command } from 'commander';
import { readConfiguration } from '#libs/configuration';
import type { Spean } from '#libs/composition';
import { EntryRefused, IdentityRefused, openIdentities } from '#libs/identities';
import { exitCodes } from '../exit-codes.js';
import { withSpean } from '../with-spean.js';

interface Invited {
  id: string;
  agency: string;
  role: string[];
  title: string;
  agencyType?: string;
  agencyTitle?: string;
}

/** Whoever holds the console of the machine lets the first administrators in; these let in everybody else. */
export function addStaff(program: Command): void {
  program
    .command('staff')
    .description('members of staff')
    .command('invite')
    .description('enters a member of staff and prints an invitation, once, as JSON; for the first administrators')
    .requiredOption('--id <staff>', 'by which they will sign in')
    .requiredOption('--agency <agency>', 'where they work')
    .requiredOption('--role <role...>', 'what they do, such as MOSVY_CPD')
    .requiredOption('--title <title>', 'how the office calls the post')
    .option('--agency-type <type>', 'enters the agency, too, if it is not there')
    .option('--agency-title <title>', 'its name')
    .action(invite);
}

async function invite({ id, agency, role: roles, title, ...named }: Invited): Promise<void> {
  const { demonstration, publicUrl } = readConfiguration(process.env);
  try {
    const invitation = await withSpean(async (spean) => {
      await enterAgency(spean, { agency, ...named });
      const { staff } = openIdentities({ ...spean, demonstration, publicUrl }, spean.commands);
      return staff.enter({ id, agency, roles, title });
    });
    process.stdout.write(`${JSON.stringify(invitation)}\n`);
  } catch (error) {
    if (!(error instanceof EntryRefused) && !(error instanceof IdentityRefused)) throw error;
    process.stderr.write(`${id}: ${error.message}\n`);
    process.exitCode = exitCodes.checkFails;
  }
}

async function enterAgency(
  { database, context }: Spean,
  { agency, agencyType, agencyTitle }: Pick<Invited, 'agency' | 'agencyType' | 'agencyTitle'>,
): Promise<void> {
  if (agencyType === undefined) return;
  const text = 'INSERT INTO agencies (tenant_id, id, type, title) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING';
  const values = [context.tenant, agency, agencyType, agencyTitle ?? agency];
  await database.unitOfWork.run(context, (tx) => tx.send('agency_enter', text, values));
}
