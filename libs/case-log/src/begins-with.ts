import type { CaseEventType, FacilityEventType, PersonEvent } from '#libs/cases';
import type { StoredEvent } from '#libs/event-store';

type First = CaseEventType | FacilityEventType | PersonEvent['type'];

/**
 * The events of a stream of the wanted kind; of another kind, none. A caller may name any id, and what is no case is not
 * there as a case.
 *
 * @param first what a stream of that kind begins with
 */
export function beginningWith(stored: StoredEvent[], ...first: First[]): StoredEvent[] {
  return first.some((type) => type === stored[0]?.type) ? stored : [];
}
