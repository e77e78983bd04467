import type { ConditionBody, ConditionKey } from '#libs/pathways';
import type { View } from '../context.js';

/** One small function for each condition, grouped by what it looks at. */
export type Evaluators<K extends ConditionKey> = { [Key in K]: (body: ConditionBody<Key>, view: View) => boolean };
