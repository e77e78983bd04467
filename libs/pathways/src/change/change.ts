import type { Part } from './elements.js';

/** One thing that is different in another version. */
export interface Change {
  kind: 'added' | 'removed' | 'changed';
  part: Part;
  /** Names it by code: `/transitions/A06/guards/A06.1`. */
  path: string;
  /** It touches what protects a child, so that two people must agree to it (pathways 1.9 and section 6). */
  safety: boolean;
  before?: unknown;
  after?: unknown;
}
