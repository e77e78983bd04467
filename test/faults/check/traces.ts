import type { LoggedEvent } from './logged-event.js';

interface Trace {
  readonly event: string;
  readonly mark: (event: LoggedEvent) => unknown;
}

/**
 * What a command of each kind leaves in the log, and where its mark stands there. A mark is given by the writer and is
 * the same however often the command is sent, whatever ids the program makes.
 */
export const traces = {
  registration: { event: 'PersonRegistered', mark: ({ streamId }) => streamId },
  opening: { event: 'CaseOpened', mark: ({ data }) => data['personId'] },
  consent: { event: 'ConsentGiven', mark: ({ data }) => data['purpose'] },
  note: { event: 'NoteAdded', mark: ({ data }) => data['kind'] },
  contact: { event: 'ContactRecorded', mark: ({ data }) => data['withWhom'] },
  draft: { event: 'ReferralDrafted', mark: ({ data }) => (data['service'] as { code: string }).code },
  sending: { event: 'ReferralSent', mark: ({ data }) => data['referralId'] },
  acceptance: { event: 'ReferralAccepted', mark: ({ data }) => data['referralId'] },
  rejection: { event: 'ReferralRejected', mark: ({ data }) => data['referralId'] },
} as const satisfies Record<string, Trace>;

export type CommandKind = keyof typeof traces;

/** The same text for a command and for the event that it leaves. */
export const traceOf = (kind: CommandKind, mark: string): string => `${traces[kind].event} ${mark}`;

const byEvent = new Map<string, Trace>(Object.values(traces).map((trace) => [trace.event, trace]));

/** Undefined for events that no writer's command is known by. */
export function traceIn(event: LoggedEvent): string | undefined {
  const trace = byEvent.get(event.type);
  return trace === undefined ? undefined : `${event.type} ${String(trace.mark(event))}`;
}
