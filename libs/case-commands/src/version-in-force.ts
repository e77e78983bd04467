import type { Instant } from '#libs/calendar';
import { unmet, type CaseState } from '#libs/cases';
import { makeKnown, type Beginning, type PathwayRegistry } from '#libs/pathway-files';
import { pathwayKey, type CommonDefinition } from '#libs/pathways';
import { CommandRefused } from './errors.js';
import type { CaseRequest } from './request.js';

/**
 * The request with the version that the case begins under, or is moved to: the one in force when it happened, with the
 * numbers of its province. For a case that began before, makes sure that its version is known, whoever published it.
 *
 * @throws CommandRefused when it names a version that is not in force.
 */
export async function inForce(
  request: CaseRequest,
  state: CaseState,
  { pathways, now }: { pathways: PathwayRegistry; now: Instant },
): Promise<CaseRequest> {
  const { command } = request;
  const keyAt = (name: string, moments: readonly Beginning[]) => keyInForce(name, moments, pathways, state);
  switch (command.type) {
    case 'OpenCase': {
      const { pathway, province } = command.data;
      if (pathway === undefined) return request;
      const when = { at: command.occurredAt, province };
      const data = { ...command.data, pathway: await keyAt(pathway, [when, { ...when, at: now }]) };
      return { ...request, command: { ...command, data } };
    }
    case 'EnrolCase': {
      const when = { at: command.occurredAt, province: provinceOf(state) };
      const key = await keyAt(command.data.pathway, [when, { ...when, at: now }]);
      return { ...request, command: { ...command, data: { ...command.data, pathway: key } } };
    }
    case 'MigrateCase': {
      const key = await keyAt(command.data.to, [{ at: now, province: provinceOf(state) }]);
      return { ...request, command: { ...command, data: { ...command.data, to: key } } };
    }
    default:
      await makeKnown(pathways, state.status === 'known' ? state.enrolment?.pathway : undefined);
      return request;
  }
}

/** The vocabulary with the ladders that hold for a case: those of its province, where it has an overlay. */
export function vocabularyOf(key: string | undefined, pathways: PathwayRegistry): CommonDefinition {
  return (key === undefined ? undefined : pathways.find(key)?.common) ?? pathways.common;
}

/** What is unknown stays as it is, for the case to refuse. A version that is named may be in force then or now. */
async function keyInForce(
  name: string,
  moments: readonly Beginning[],
  pathways: PathwayRegistry,
  { version }: CaseState,
): Promise<string> {
  await pathways.refresh();
  for (const when of moments) {
    const pathway = pathways.begins(name, when);
    if (pathway !== undefined) return pathwayKey(pathway.definition);
  }
  if (pathways.find(name) === undefined) return name;
  throw new CommandRefused({ kind: 'unmet', unmet: [unmet('NotInForce', 'pathway', name)] }, version);
}

const provinceOf = (state: CaseState): string | undefined => (state.status === 'known' ? state.province : undefined);
