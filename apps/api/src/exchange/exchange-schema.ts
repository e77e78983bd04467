import { exchangeStates, type ExchangeRecord, type OpenedRecord, type TargetState } from '#libs/connectors';

import { anything, instant, list, nullable, oneOf, shape, text, uuid, whole } from '../description/schema.js';

const record = {
  id: uuid,
  direction: oneOf('in', 'out'),
  target: { ...text, description: 'The instance; the name of the system for a record that was brought here' },
  system: nullable(text),
  kind: oneOf('case', 'referral', 'decision', 'link'),
  state: oneOf(...exchangeStates),
  reason: { ...nullable(text), description: 'A code, or names of fields; never what stands in them' },
  findings: { ...list(text), description: 'Fields that the target did not keep as they were sent' },
  attempts: whole,
  lastStatus: nullable(whole),
  caseId: nullable(uuid),
  referralId: nullable(uuid),
  recipient: nullable(text),
  at: instant,
  settledAt: nullable(instant),
};

export const recordSchema = shape<ExchangeRecord>(record);

export const openedSchema = shape<OpenedRecord>({
  ...record,
  identity: {
    ...nullable(shape<{ record: unknown }>({ record: anything })),
    description: 'The record; null for whoever may not see all of the case, and where the child was forgotten',
  },
});

export interface Replayed {
  replayed: number;
}

export const replayedSchema = shape<Replayed>({ replayed: whole });

export const targetSchema = shape<TargetState>({
  target: text,
  system: text,
  breaker: { ...oneOf('closed', 'open', 'half_open'), description: 'Open: it is left alone for a while' },
  failures: { ...whole, description: 'In a row' },
  pausedUntil: { ...nullable(instant), description: 'It asked for patience' },
  lastOkAt: nullable(instant),
  lastError: nullable(text),
  readUntil: nullable(instant),
  owed: { ...whole, description: 'Cases that it has to be told of' },
  urgent: whole,
  oldestOwed: nullable(instant),
  parked: { ...whole, description: 'Records and cases that wait for a person' },
});
