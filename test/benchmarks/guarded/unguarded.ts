import { loadCase, sealEvents } from '#libs/case-log';
import {
  commandIdOf,
  contextFor,
  findAnswer,
  keepAnswer,
  type CaseCommandsParts,
  type CaseRequest,
} from '#libs/case-commands';
import { decide, evolve, type CaseState } from '#libs/cases';
import type { Transaction } from '#libs/database';
import { append, feedChannel } from '#libs/event-store';
import { makeKnown } from '#libs/pathway-files';
import { Sealer, type ClearFields, type SealedPlace } from '#libs/privacy';
import { writeCase } from '#libs/read-models';

/** Keeps as it is what the real one would seal. */
export class NoSealer extends Sealer {
  override async seal(_tx: Transaction, _place: SealedPlace, fields: ClearFields): Promise<string | null> {
    const text = JSON.stringify(fields);
    return text === '{}' ? null : text;
  }

  override async prefetch(): Promise<void> {}

  override async unseal(_queries: unknown, _place: SealedPlace, sealed: string | null): Promise<ClearFields> {
    return sealed === null ? {} : (JSON.parse(sealed) as ClearFields);
  }
}

/** What the program does with a command on a case, but for asking the policy; what is sealed is up to the sealer. */
export async function executeUnguarded(parts: CaseCommandsParts, request: CaseRequest): Promise<void> {
  const { database, context, pathways } = parts;
  const { caseId, command, actor, idempotency } = request;
  const [answered, loaded] = await database.read(context, (queries) =>
    Promise.all([findAnswer(queries, idempotency), loadCase(queries, caseId)]),
  );
  if (answered !== undefined || loaded.state.status !== 'known') throw new Error('the benchmark has no such case');
  await makeKnown(pathways, loaded.state.enrolment?.pathway);
  const surroundings = await contextFor(parts, request, loaded.state);
  const decided = decide(command, loaded.state, surroundings);
  if (!decided.ok) throw new Error(JSON.stringify(decided.refusal));
  const { events } = decided;
  const { now: recordedAt } = surroundings;
  const after = events.reduce<CaseState>(
    (state, event) => evolve(state, { event, by: actor.id, recordedAt }),
    loaded.state,
  );
  const { version, personId } = loaded.state;
  await database.unitOfWork.run(context, async (tx) => {
    const sealed = await sealEvents(tx, parts.sealer, { personId, streamId: caseId, version }, events);
    append(tx, { id: caseId, category: 'case' }, version, sealed, {
      commandId: commandIdOf(idempotency),
      recordedAt,
      headHash: loaded.headHash,
      meta: { actor: actor.id, purpose: request.purpose, traceId: request.traceId },
    });
    writeCase(tx, { id: caseId, before: loaded.state, after, events, pathway: (key) => pathways.get(key) });
    const answer = { id: caseId, version: after.version, events: events.map(({ type }) => type), repeated: false };
    keepAnswer(tx, idempotency, answer);
    tx.afterCommit(() => database.signals.raise(feedChannel));
  });
}
