import type { Instant } from '#libs/calendar';
import type { CaseEventData } from '../events.js';
import type { StayFacts } from '../state.js';

export function afterBegin(
  stays: StayFacts[],
  { stay, facility, held, from, replaces }: CaseEventData['StayBegan'],
  recordedAt: Instant,
): StayFacts[] {
  const before = stays.map((each) => (each.stay === replaces ? { ...each, replacedAt: recordedAt } : each));
  const begun = { stay, facility, held, from, recordedAt };
  return [...before, { ...begun, until: undefined, endRecordedAt: undefined, replacedAt: undefined }];
}

export function afterEnd(
  stays: StayFacts[],
  { stay, until }: CaseEventData['StayEnded'],
  recordedAt: Instant,
): StayFacts[] {
  return stays.map((each) => (each.stay === stay ? { ...each, until, endRecordedAt: recordedAt } : each));
}
