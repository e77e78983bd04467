import type { StoredEvent } from './event.js';

/** Lifts the data of one schema version to the next. It sees the old shape as it was written, so it is never edited. */
export type UpcastStep = (data: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** By event type, then by the schema version that the step starts from. */
export type UpcastSteps = Readonly<Record<string, Readonly<Record<number, UpcastStep>>>>;

export type Upcast = (event: StoredEvent) => StoredEvent;

/** Makes one function of all steps: an event leaves it in the newest shape that they lead to. */
export function upcasting(steps: UpcastSteps): Upcast {
  return (event) => {
    const ofType = steps[event.type];
    if (ofType === undefined) {
      return event;
    }
    let { data, schemaVersion } = event;
    for (let step = ofType[schemaVersion]; step !== undefined; step = ofType[schemaVersion]) {
      data = step(data);
      schemaVersion += 1;
    }
    return { ...event, data, schemaVersion };
  };
}
