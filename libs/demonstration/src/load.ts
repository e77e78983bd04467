import { setImmediate } from 'node:timers/promises';
import type { Clock, Instant } from '#libs/calendar';
import { CaseCommands } from '#libs/case-commands';
import { openSpean, type Spean } from '#libs/composition';
import type { MasterKeySources } from '#libs/configuration';
import { openDemonstrationAccounts } from '#libs/identities';
import { demonstrationSignIns, staffMember, writeDirectory } from './directory.js';
import { asActor } from './driver/team.js';
import { writeOffers } from './offers.js';
import { enterFacilities } from './facilities.js';
import { planTiny } from './plan.js';
import type { Story } from './stories.js';

export interface DemonstrationOptions {
  databaseUrl: string;
  masterKeys: MasterKeySources;
  /** The same seed gives the same children and cases. */
  seed?: number;
  /** The moment at which the demonstration has arrived, nothing lies after it; absent: now, by the database's clock. */
  now?: Instant;
  /** Stops it as long as nothing has been written; a data set is not left half loaded. */
  signal?: AbortSignal;
}

export interface Loaded {
  cases: number;
  persons: number;
  /** Open deadlines whose due time has passed. */
  overdue: number;
  seconds: number;
}

/** Cases loaded at the same time; each has a clock of its own. */
const CASES_AT_ONCE = 8;

/**
 * Fills an empty database with made-up agencies, staff, children and cases, through the program's own commands, each
 * recorded at its moment in the past. A database that holds cases is left as it is, but for the directory.
 */
export async function loadDemonstration(options: DemonstrationOptions): Promise<Loaded> {
  const started = performance.now();
  const { databaseUrl, masterKeys, seed = 1 } = options;
  const spean = await openSpean({ databaseUrl, masterKeys, mayCreateMasterKey: true });
  try {
    const now = options.now ?? spean.clock.now();
    await writeDirectory(spean.database, spean.context);
    await openDemonstrationAccounts(spean, demonstrationSignIns);
    await writeOffers(spean, seed, now);
    const stories = (await holdsCases(spean)) ? [] : await plan(spean, seed, now, options.signal);
    if (stories.length > 0) await enterFacilities((moment) => commandsAt(spean, new StoryClock(moment)), now);
    await performAll(stories, spean);
    if (stories.length > 0) await forgetOldNotices(spean, now);
    const seconds = (performance.now() - started) / 1000;
    return { cases: stories.length, persons: stories.length, overdue: await countOverdue(spean, now), seconds };
  } finally {
    await spean.close();
  }
}

/** Planning is arithmetic alone; in between others get their turn, such as the one who listens for Ctrl-C. */
async function plan({ pathways }: Spean, seed: number, now: Instant, signal?: AbortSignal): Promise<Story[]> {
  const stories: Story[] = [];
  for (const story of planTiny(pathways, seed, now)) {
    await setImmediate();
    if (signal?.aborted === true) return [];
    stories.push(story);
  }
  return stories;
}

async function performAll(stories: readonly Story[], spean: Spean): Promise<void> {
  const waiting = [...stories];
  const next = async () => {
    for (let story = waiting.shift(); story !== undefined; story = waiting.shift()) await perform(story, spean);
  };
  await Promise.all(Array.from({ length: CASES_AT_ONCE }, next));
}

/** Tells the time of the story that is being performed. */
class StoryClock implements Clock {
  constructor(public time: Instant) {}

  now(): Instant {
    return this.time;
  }
}

function commandsAt(spean: Spean, clock: Clock): CaseCommands {
  return new CaseCommands({ ...spean, clock });
}

/** Asks the program for everything that the rehearsal asked for, each at its time. */
export async function perform({ caseId, child, requests }: Story, spean: Spean): Promise<void> {
  const [first] = requests;
  if (first === undefined) return;
  const clock = new StoryClock(first.at);
  const commands = commandsAt(spean, clock);
  const envelope = { purpose: 'case_management', traceId: caseId.replaceAll('-', '') };
  await commands.executePerson({
    ...envelope,
    personId: child.personId,
    actor: asActor(staffMember('counsellor')),
    command: { type: 'RegisterPerson', data: child.details, occurredAt: first.at, precision: 'moment' },
  });
  for (const { at, actor, command } of requests) {
    clock.time = at;
    const purpose = command.type === 'ReachRungs' ? 'deadline' : envelope.purpose;
    await commands.execute({ ...envelope, purpose, caseId, actor, command });
  }
}

/** Nobody is told today of what escalated last year: notices older than a day count as given. */
async function forgetOldNotices({ database, context }: Spean, now: Instant): Promise<void> {
  await database.unitOfWork.run(context, (tx) =>
    tx.send(
      'demonstration_old_notices',
      `UPDATE outbox SET done_at = created_at
       WHERE tenant_id = $1 AND kind = 'notification' AND done_at IS NULL
         AND created_at < $2::timestamptz - interval '24 hours'`,
      [context.tenant, now],
    ),
  );
}

async function holdsCases({ database, context }: Spean): Promise<boolean> {
  const rows = await database.read(context, (queries) =>
    queries.query('demonstration_any_case', 'SELECT FROM case_summary WHERE tenant_id = $1 LIMIT 1', [context.tenant]),
  );
  return rows.length > 0;
}

async function countOverdue({ database, context }: Spean, now: Instant): Promise<number> {
  const [row] = await database.read(context, (queries) =>
    queries.query<{ count: number }>(
      'demonstration_overdue',
      `SELECT count(*)::int AS count FROM deadlines WHERE tenant_id = $1 AND status = 'armed' AND due_at <= $2`,
      [context.tenant, now],
    ),
  );
  return row?.count ?? 0;
}
