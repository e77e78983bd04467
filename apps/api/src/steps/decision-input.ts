import type { DecisionInput } from '#libs/cases';

import { mintId, type AskedBy } from '../http/asked.js';
import type { DecisionTaken } from './decision-requests.js';

/** A decision with an id of its own. */
export function decisionInput({ decisionId, ...decision }: DecisionTaken, asked: AskedBy): DecisionInput {
  return { ...decision, decisionId: decisionId ?? mintId(asked.idempotency) };
}
