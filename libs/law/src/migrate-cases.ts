import type { Clock } from '#libs/calendar';
import { CommandRefused, VersionConflict, type CaseCommands } from '#libs/case-commands';
import type { Actor } from '#libs/cases';
import type { Database, DatabaseContext } from '#libs/database';
import { v7 as uuidv7 } from 'uuid';
import { openCasesOf, type OpenCase } from './open-cases.js';

export interface MigrationParts {
  database: Database;
  context: DatabaseContext;
  clock: Clock;
  commands: CaseCommands;
}

/** Which cases are moved where, who says so and why. */
export interface MigrationOrder {
  /** Keys of the versions: `A_OCSEA@1.0.0`. */
  from: string;
  to: string;
  actor: Actor;
  reason: string;
}

export interface Migrated {
  moved: number;
  /** Cases that stay where they are, and why. */
  refused: { code: string; because: string[] }[];
}

/** How many cases are moved at the same time: there is no hurry, and people are at work. */
const AT_ONCE = 4;

/**
 * Moves every open case of a version, each as a command of its own with an event of its own. Broken off, it is simply
 * called again: what was moved is not a case of that version any more.
 */
export async function migrateCases(
  parts: MigrationParts,
  order: MigrationOrder,
  onProgress: (done: Migrated) => void = () => undefined,
): Promise<Migrated> {
  const done: Migrated = { moved: 0, refused: [] };
  let together: OpenCase[] = [];
  const moveTogether = async (): Promise<void> => {
    await Promise.all(together.map((each) => moveOne(parts, order, each, done)));
    together = [];
    onProgress(done);
  };
  for await (const each of openCasesOf(parts.database, parts.context, [order.from])) {
    together.push(each);
    if (together.length === AT_ONCE) await moveTogether();
  }
  await moveTogether();
  return done;
}

async function moveOne(
  { commands, clock }: MigrationParts,
  { to, actor, reason }: MigrationOrder,
  { caseId, code }: OpenCase,
  done: Migrated,
): Promise<void> {
  const command = {
    type: 'MigrateCase' as const,
    data: { to, reason },
    occurredAt: clock.now(),
    precision: 'moment' as const,
  };
  const traceId = uuidv7().replaceAll('-', '');
  try {
    const { events } = await commands.execute({ caseId, command, actor, purpose: 'law_change', traceId });
    if (events.length > 0) done.moved += 1;
  } catch (error) {
    done.refused.push({ code, because: reasonsOf(error) });
  }
}

/** @throws whatever is no answer to the command. */
function reasonsOf(error: unknown): string[] {
  if (error instanceof CommandRefused) return error.refusal.unmet.map(({ code, subject }) => `${code} ${subject}`);
  if (error instanceof VersionConflict) return ['VersionConflict'];
  throw error;
}
