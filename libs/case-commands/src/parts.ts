import type { SharingPolicy } from '#libs/access';
import type { AttachmentVault } from '#libs/attachments';
import type { Clock, WorkingCalendar } from '#libs/calendar';
import type { DeadlineBook } from '#libs/cases';
import type { Database, DatabaseContext } from '#libs/database';
import type { PathwayRegistry } from '#libs/pathway-files';
import type { BlindIndex, KeyStore, Sealer } from '#libs/privacy';
import type { ErasureLedger } from './erasure-ledger.js';

/** What was changed, case or facility: the events, and the deadlines as they leave them. */
export interface Change {
  streamId: string;
  events: readonly { type: string }[];
  after: DeadlineBook;
}

/** Told after a commit; a hint that may be lost. */
export type AfterCommit = (change: Change) => void;

export interface CaseCommandsParts {
  database: Database;
  pathways: PathwayRegistry;
  sealer: Sealer;
  keyStore: KeyStore;
  blindIndex: BlindIndex;
  clock: Clock;
  calendar: WorkingCalendar;
  context: DatabaseContext;
  /** What a referral opens to its receiver. */
  sharing: SharingPolicy;
  afterCommit?: AfterCommit;
  /** Absent: nobody can be forgotten. */
  erasures?: ErasureLedger;
  /** Absent: no file can be attached to a document. */
  attachments?: AttachmentVault;
}
