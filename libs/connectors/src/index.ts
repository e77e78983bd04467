export {
  exchangeStates,
  ExchangeRecords,
  ReplayRefused,
  type Direction,
  type ExchangeRecord,
  type OpenedRecord,
  type RecordFilter,
} from './desk/exchange-records.js';
export type { Reconciliation } from './desk/reconciliation.js';
export { targetStates, type TargetState } from './desk/target-states.js';
export { Exchange } from './exchange.js';
export { backfill } from './owed/backfill.js';
