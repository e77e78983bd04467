export {
  decidePathway,
  type Draft,
  type PathwayCommand,
  type PathwayCommandData,
  type PathwayCommandType,
  type PathwayContext,
} from './decide.js';
export type { PathwayEvent, RecordedPathwayEvent } from './events.js';
export { evolvePathway, noHistory, type PathwayHistory, type VersionStatus } from './history.js';
export { PublishedPathways, publishedChannel } from './published-pathways.js';
export { readDraft, subjectOf } from './read-source.js';
export { loadHistory, pathwayCategory, pathwayEventOf, pathwayStreamOf, type LoadedHistory } from './stream.js';
