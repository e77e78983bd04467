import type { CaseEvent, FacilityEvent, PersonEvent, Recorded, SealedFields } from '#libs/cases';
import type { Transaction } from '#libs/database';
import { upcasting, type EventToAppend, type StoredEvent } from '#libs/event-store';
import type { Sealer, SealedPlace } from '#libs/privacy';

/** The shape of events as they are written today. A changed shape raises the number and adds an upcaster. */
export const schemaVersion = 1;

/** Lifts events stored in an older shape. Every shape so far is the first. */
export const upcast = upcasting({});

type DomainEvent = CaseEvent | FacilityEvent | PersonEvent;

/** Events as they go into the log: clear facts as text, everything about people as ciphertext. */
export async function sealEvents(
  tx: Transaction,
  sealer: Sealer,
  place: SealedPlace,
  events: readonly DomainEvent[],
): Promise<EventToAppend[]> {
  const sealed: EventToAppend[] = [];
  for (const [index, event] of events.entries()) {
    const fields = present(event.sealed);
    sealed.push({
      type: event.type,
      schemaVersion,
      occurredAt: event.occurredAt,
      precision: event.precision,
      data: JSON.stringify(event.data),
      sealed: await sealer.seal(tx, { ...place, version: place.version + index + 1 }, fields),
    });
  }
  return sealed;
}

/** The clear part of a stored event, which is all that deciding needs. */
export function caseEventOf(stored: StoredEvent): Recorded {
  return recordedOf<CaseEvent>(stored);
}

export function facilityEventOf(stored: StoredEvent): Recorded<FacilityEvent> {
  return recordedOf<FacilityEvent>(stored);
}

function recordedOf<Event>({ type, data, occurredAt, precision, meta, recordedAt }: StoredEvent): Recorded<Event> {
  return { event: { type, data, occurredAt, precision } as Event, by: meta.actor, recordedAt };
}

/** A person's event with what of it could be opened; the rest stays empty. */
export function personEventOf(stored: StoredEvent, sealed: SealedFields = {}): Recorded<PersonEvent> {
  const { type, data, occurredAt, precision, meta, recordedAt } = stored;
  const event = { type, data, sealed, occurredAt, precision } as unknown as PersonEvent;
  return { event, by: meta.actor, recordedAt };
}

/** Classes without any field need no ciphertext. */
function present(fields: SealedFields | undefined): SealedFields {
  return Object.fromEntries(
    Object.entries(fields ?? {}).filter(([, values]) =>
      Object.values(values as Record<string, unknown>).some((value) => value !== undefined),
    ),
  );
}
