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
import { Accounts1764000000031 } from './0031-accounts.js';
import { SecondFactors1764000000032 } from './0032-second-factors.js';
import { ServiceAccounts1764000000033 } from './0033-service-accounts.js';
import { ForeignIdentities1764000000034 } from './0034-foreign-identities.js';
import { IndexKeys1764000000035 } from './0035-index-keys.js';
import { PersonSearches1764000000036 } from './0036-person-searches.js';
import { Erasures1764000000037 } from './0037-erasures.js';
import { SealedRecords1764000000038 } from './0038-sealed-records.js';
import { Webhooks1764000000040 } from './0040-webhooks.js';
import { Readers1764000000042 } from './0042-readers.js';
import { Grants1764000000043 } from './0043-grants.js';
import { LogCheckpoints1764000000046 } from './0046-log-checkpoints.js';
import { ReadAudit1764000000047 } from './0047-read-audit.js';
import { Exports1764000000048 } from './0048-exports.js';
import { WrappedBy1764000000049 } from './0049-wrapped-by.js';
import { Exchange1764000000050 } from './0050-exchange.js';
import { ServiceTokens1764000000060 } from './0060-service-tokens.js';
import { ExchangeReads1764000000061 } from './0061-exchange-reads.js';
import { CodeTables1764000000065 } from './0065-code-tables.js';
import { Unanswered1764000000070 } from './0070-unanswered.js';
import { ExchangeLooks1764000000071 } from './0071-exchange-looks.js';

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
  Accounts1764000000031,
  SecondFactors1764000000032,
  ServiceAccounts1764000000033,
  ForeignIdentities1764000000034,
  IndexKeys1764000000035,
  PersonSearches1764000000036,
  Erasures1764000000037,
  SealedRecords1764000000038,
  Webhooks1764000000040,
  Readers1764000000042,
  Grants1764000000043,
  LogCheckpoints1764000000046,
  ReadAudit1764000000047,
  Exports1764000000048,
  WrappedBy1764000000049,
  Exchange1764000000050,
  ServiceTokens1764000000060,
  ExchangeReads1764000000061,
  CodeTables1764000000065,
  Unanswered1764000000070,
  ExchangeLooks1764000000071,
] as const;
