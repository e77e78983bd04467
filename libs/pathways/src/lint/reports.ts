import type { Condition, ConditionKey } from '../condition.js';
import type {
  AlertDefinition,
  AlertMoment,
  CarerRule,
  CommonDefinition,
  PathwayDefinition,
  ReportDefinitions,
} from '../definition.js';
import { error, type Finding } from '../finding.js';
import { conditionReferences } from './condition-references.js';
import { each, factValue, one, type Reference } from './reference.js';

/** Every place where alerts, reports and the rule about carers name something by code. */
export function reportReferences({ alerts = {}, carer, reports = {} }: PathwayDefinition): Reference[] {
  return [
    ...Object.entries(alerts).flatMap(([code, alert]) => alertReferences(alert, `/alerts/${code}`)),
    ...(carer === undefined ? [] : carerReferences(carer, '/carer')),
    ...recidivismReferences(reports, '/reports/recidivism'),
    ...detentionReferences(reports, '/reports/detention'),
    ...(reports.informalFees === undefined
      ? []
      : trackReferences(reports.informalFees.track, reports.informalFees.states, '/reports/informalFees', 'states')),
  ];
}

export const supervisionReferences = ({ supervision }: CommonDefinition): Reference[] =>
  each('role', supervision.workers, '/supervision/workers');

function alertReferences({ states, when, from }: AlertDefinition, path: string): Reference[] {
  return [
    ...each('state', states, `${path}/states`),
    ...conditionReferences(when, `${path}/when`),
    ...from.flatMap((moment, index) => momentReferences(moment, `${path}/from/${index}`)),
  ];
}

function momentReferences(moment: AlertMoment, path: string): Reference[] {
  if ('deadline' in moment) return [one('deadline', moment.deadline, `${path}/deadline`)];
  if ('fact' in moment) return [one('fact-time', moment.fact, `${path}/fact`)];
  if ('track' in moment) return trackReferences(moment.track.id, moment.track.in, `${path}/track`, 'in', 'id');
  return 'taken' in moment ? each('transition', moment.taken, `${path}/taken`) : [];
}

function carerReferences({ fact, states, track }: CarerRule, path: string): Reference[] {
  return [
    one('fact', fact, `${path}/fact`),
    ...each('state', states, `${path}/states`),
    ...(track === undefined ? [] : trackReferences(track.id, track.in, `${path}/track`, 'in', 'id')),
  ];
}

function recidivismReferences({ recidivism }: ReportDefinitions, path: string): Reference[] {
  if (recidivism === undefined) return [];
  const { deadline, fact, found, unknown, offenceOn } = recidivism;
  return [
    one('deadline', deadline, `${path}/deadline`),
    one('fact', fact, `${path}/fact`),
    ...found.flatMap((value, index) => factValue(fact, value, `${path}/found/${index}`)),
    ...unknown.flatMap((value, index) => factValue(fact, value, `${path}/unknown/${index}`)),
    one('fact-time', offenceOn, `${path}/offenceOn`),
  ];
}

function detentionReferences({ detention }: ReportDefinitions, path: string): Reference[] {
  if (detention === undefined) return [];
  return [
    ...trackReferences(detention.track, detention.pretrial, path, 'pretrial'),
    one('fact', detention.reason, `${path}/reason`),
  ];
}

function trackReferences(id: string, states: string[], path: string, list: string, name = 'track'): Reference[] {
  return [one('track', id, `${path}/${name}`), ...each('track-state', states, `${path}/${list}`, id)];
}

/** Conditions that the record alone answers, whoever asks and whenever. */
const answeredByTheRecord: ReadonlySet<string> = new Set<ConditionKey>([
  'all',
  'any',
  'not',
  'risk',
  'fact',
  'track',
  'trackRows',
  'document',
  'decision',
  'notes',
  'referral',
  'noReferralIn',
  'taken',
]);

/** Alerts can be read off the record, follow-ups have windows, and only a track of many rows has a catalogue. */
export function lintReports({ alerts = {}, reports = {}, deadlines, tracks }: PathwayDefinition): Finding[] {
  const follow = reports.recidivism?.deadline;
  return [
    ...Object.entries(alerts).flatMap(([code, { when }]) =>
      when === undefined ? [] : lintCondition(when, code, `/alerts/${code}/when`),
    ),
    ...(follow === undefined || deadlines[follow]?.due.some((rule) => 'schedule' in rule) === true
      ? []
      : [
          error(
            'report-without-windows',
            '/reports/recidivism/deadline',
            `${follow} has no schedule to take windows from`,
          ),
        ]),
    ...Object.entries(tracks)
      .filter(([, { rows, catalogue }]) => catalogue !== undefined && rows === undefined)
      .map(([id]) => error('catalogue-without-rows', `/tracks/${id}/catalogue`, `${id} has one row alone`)),
  ];
}

function lintCondition(condition: Condition, alert: string, path: string): Finding[] {
  const [[key, body]] = Object.entries(condition) as [[string, unknown]];
  if (Array.isArray(body) && (key === 'all' || key === 'any')) {
    return body.flatMap((part: Condition, index) => lintCondition(part, alert, `${path}/${key}/${index}`));
  }
  if (key === 'not') return lintCondition(body as Condition, alert, `${path}/not`);
  const timed = key === 'document' && typeof body === 'object' && body !== null && 'within' in body;
  if (answeredByTheRecord.has(key) && !timed) return [];
  return [error('alert-not-on-record', path, `The record alone does not answer "${key}", which ${alert} asks for`)];
}
