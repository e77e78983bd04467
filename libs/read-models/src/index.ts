export { CaseQueries, type CaseQueriesParts, type Task } from './queries/case-queries.js';
export type { CaseView } from './queries/case-view.js';
export type { NoticeRow } from './queries/inbox.js';
export { InvalidCursor, type Page, type PageRequest } from './queries/page.js';
export type { Caller } from './queries/scope.js';
export type { TimelineEntry } from './queries/timeline.js';
export { ageBands, type OverdueBand, type UnansweredRow, type UnassignedRow } from './queries/worklists.js';
export { writeCase, writePerson, type CaseChange } from './write.js';
export { differences, replay, type Difference, type ReplayParts } from './replay.js';
