import type { CaseCommand } from '../commands.js';
import type { DecideContext } from '../context.js';
import { accepted, conflict, refused, unknown, type Outcome } from '../outcome.js';
import type { KnownCase } from '../state.js';
import { unmet } from '../texts.js';
import { whenOf } from './open.js';
import { narrative } from './records.js';

/** What is wanted and not to be had is evidence for those who plan services (pathways 4.2): one open need a service. */
export function recordUnmetNeed(
  command: CaseCommand<'RecordUnmetNeed'>,
  state: KnownCase,
  { common }: DecideContext,
): Outcome {
  const { text, ...told } = command.data;
  if (state.unmetNeeds.some(({ needId }) => needId === told.needId)) return conflict(unmet('AlreadyExists', 'needId'));
  if (state.unmetNeeds.some(({ service, metAt }) => service === told.service && metAt === undefined)) {
    return conflict(unmet('AlreadyExists', 'service', told.service));
  }
  const problems = [
    // The reason stands in clear: a code, never words.
    ...(common.labels['unmetNeedReasons']?.[told.why] === undefined ? [unmet('NotFound', 'why', told.why)] : []),
    ...(told.district?.startsWith(told.province ?? '') === false ? [unmet('FieldInvalid', 'district')] : []),
  ];
  if (problems.length > 0) return refused(...problems);
  const data = { needId: told.needId, service: told.service, why: told.why, ...placeOf(told, state) };
  return accepted({ type: 'UnmetNeedRecorded', data, ...narrative(text), ...whenOf(command) });
}

export function meetUnmetNeed(command: CaseCommand<'MeetUnmetNeed'>, state: KnownCase): Outcome {
  const { needId, text } = command.data;
  const need = state.unmetNeeds.find((each) => each.needId === needId);
  if (need === undefined) return unknown(unmet('NotFound', 'needId'));
  if (need.metAt !== undefined) return conflict(unmet('WrongState', 'needId'));
  const data = { needId, service: need.service };
  return accepted({ type: 'UnmetNeedMet', data, ...narrative(text), ...whenOf(command) });
}

type Place = Partial<Record<'province' | 'district', string>>;

/** Where the command says; else where the case is. A district lies in the province that its code begins with. */
function placeOf({ province, district }: Place, state: KnownCase): Place {
  if (district !== undefined) return { province: district.slice(0, 2), district };
  if (province !== undefined) return { province };
  return {
    ...(state.province === undefined ? {} : { province: state.province }),
    ...(state.district === undefined ? {} : { district: state.district }),
  };
}
