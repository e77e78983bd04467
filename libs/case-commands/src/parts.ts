import type { Clock, WorkingCalendar } from '#libs/calendar';
import type { CaseEvent, CaseState } from '#libs/cases';
import type { Database, DatabaseContext } from '#libs/database';
import type { PathwayRegistry } from '#libs/pathway-files';
import type { BlindIndex, Sealer } from '#libs/privacy';

/** A case that a command changed, with what happened. */
export interface Changed {
  caseId: string;
  events: readonly CaseEvent[];
  state: CaseState;
}

/** Told after a commit; a hint that may be lost. */
export type AfterCommit = (change: Changed) => void;

export interface CaseCommandsParts {
  database: Database;
  pathways: PathwayRegistry;
  sealer: Sealer;
  blindIndex: BlindIndex;
  clock: Clock;
  calendar: WorkingCalendar;
  context: DatabaseContext;
  afterCommit?: AfterCommit;
}
