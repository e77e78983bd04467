import { StreamsAndEvents1764000000001 } from './0001-streams-and-events.js';
import { Checkpoints1764000000002 } from './0002-checkpoints.js';
import { ChildKeys1764000000003 } from './0003-child-keys.js';
import { Idempotency1764000000004 } from './0004-idempotency.js';
import { Outbox1764000000005 } from './0005-outbox.js';
import { CaseReadModels1764000000006 } from './0006-case-read-models.js';
import { DirectoryAndInbox1764000000007 } from './0007-directory-and-inbox.js';
import { BackgroundWork1764000000008 } from './0008-background-work.js';
import { ReceivedRecords1764000000009 } from './0009-received-records.js';
import { PathwayFlow1764000000010 } from './0010-pathway-flow.js';
import { AppendedRows1764000000011 } from './0011-appended-rows.js';
import { Pauses1764000000012 } from './0012-pauses.js';
import { PersonTies1764000000013 } from './0013-person-ties.js';
import { PersonTokens1764000000014 } from './0014-person-tokens.js';
import { FacilityRegister1764000000020 } from './0020-facility-register.js';
import { DirectoriesAndReports1764000000021 } from './0021-directories-and-reports.js';
import { PathwayVersions1764000000022 } from './0022-pathway-versions.js';
import { NotForEvidence1764000000030 } from './0030-not-for-evidence.js';
import { IndexKeys1764000000035 } from './0035-index-keys.js';
import { PersonSearches1764000000036 } from './0036-person-searches.js';
import { Erasures1764000000037 } from './0037-erasures.js';
import { SealedRecords1764000000038 } from './0038-sealed-records.js';

/** Every migration, in the order of its number. A new one is added to the end and never changed once released. */
export const migrations = [
  StreamsAndEvents1764000000001,
  Checkpoints1764000000002,
  ChildKeys1764000000003,
  Idempotency1764000000004,
  Outbox1764000000005,
  CaseReadModels1764000000006,
  DirectoryAndInbox1764000000007,
  BackgroundWork1764000000008,
  ReceivedRecords1764000000009,
  PathwayFlow1764000000010,
  AppendedRows1764000000011,
  Pauses1764000000012,
  PersonTies1764000000013,
  PersonTokens1764000000014,
  FacilityRegister1764000000020,
  DirectoriesAndReports1764000000021,
  PathwayVersions1764000000022,
  NotForEvidence1764000000030,
  IndexKeys1764000000035,
  PersonSearches1764000000036,
  Erasures1764000000037,
  SealedRecords1764000000038,
] as const;
