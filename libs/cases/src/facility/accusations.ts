import { whenOf } from '../commands/open.js';
import { accepted, conflict, refused, unknown, type Outcome } from '../outcome.js';
import { unmet } from '../texts.js';
import type { FacilityCommand } from './commands.js';
import type { FacilityEvent } from './events.js';
import type { FacilityContext } from './register.js';
import type { KnownFacility } from './state.js';

/** From here on nobody who works there sees or changes anything of a child who lives or lived there. */
export function accuse(command: FacilityCommand<'AccuseFacility'>, state: KnownFacility): Outcome<FacilityEvent> {
  const { accusationId, text } = command.data;
  const problems = [
    ...(text.trim() === '' ? [unmet('FieldInvalid', 'text')] : []),
    ...(state.accusations.some((each) => each.accusationId === accusationId)
      ? [unmet('AlreadyExists', 'accusationId')]
      : []),
  ];
  if (problems.length > 0) return refused(...problems);
  return accepted<FacilityEvent>({
    type: 'FacilityAccused',
    data: { accusationId },
    sealed: { perpetrator: { text } },
    ...whenOf(command),
  });
}

/** Somebody else than who brought the allegation forward says that it is settled, and why (GR-2P). */
export function clear(
  command: FacilityCommand<'ClearFacility'>,
  state: KnownFacility,
  { actor }: FacilityContext,
): Outcome<FacilityEvent> {
  const { accusationId, reason } = command.data;
  const accusation = state.accusations.find((each) => each.accusationId === accusationId);
  if (accusation === undefined) return unknown(unmet('NotFound', 'accusationId'));
  if (accusation.cleared !== undefined) return conflict(unmet('WrongState', 'accusationId'));
  const problems = [
    ...(accusation.by === actor.id ? [unmet('TwoPersonRule', 'accusationId')] : []),
    ...(reason.trim() === '' ? [unmet('FieldInvalid', 'reason')] : []),
  ];
  if (problems.length > 0) return refused(...problems);
  return accepted<FacilityEvent>({
    type: 'FacilityCleared',
    data: { accusationId },
    sealed: { perpetrator: { reason } },
    ...whenOf(command),
  });
}
