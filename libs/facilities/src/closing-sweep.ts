import { closingStates } from '#libs/cases';
import type { CaseCommands } from '#libs/case-commands';
import { CommitOutcomeUnknown, DatabaseUnavailable, type Database, type DatabaseContext } from '#libs/database';
import type { Log } from '#libs/logging';
import { registerInForce, type PathwayRegistry } from '#libs/pathway-files';
import { closingFacilities } from '#libs/read-models';

export interface ClosingSweepParts {
  readonly database: Database;
  readonly context: DatabaseContext;
  readonly pathways: PathwayRegistry;
  readonly commands: Pick<CaseCommands, 'countUndecided'>;
  readonly log: Log;
}

/**
 * The safety net for facilities that close: counts the children who wait for a decision, whether or not the command that
 * changed it came to do so. Told the same again, a facility makes nothing happen.
 */
export class ClosingSweep {
  readonly #parts: ClosingSweepParts;

  constructor(parts: ClosingSweepParts) {
    this.#parts = parts;
  }

  /**
   * @returns how many facilities were told anything new
   * @throws DatabaseUnavailable, CommitOutcomeUnknown: the next sweep goes on where this one could not.
   */
  async sweepOnce(): Promise<number> {
    const { database, context, pathways, commands, log } = this.#parts;
    const closing = closingStates(registerInForce(pathways).register);
    const ids = await database.read(context, (queries) => closingFacilities(queries, closing));
    let told = 0;
    for (const streamId of ids) {
      try {
        if (await commands.countUndecided(streamId)) told += 1;
      } catch (error) {
        if (error instanceof DatabaseUnavailable || error instanceof CommitOutcomeUnknown) throw error;
        log.error('the children of a closing facility could not be counted', { streamId, error });
      }
    }
    return told;
  }
}
