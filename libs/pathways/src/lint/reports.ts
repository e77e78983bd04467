import type { Condition, ConditionKey } from '../condition.js';
import type {
  WatchlistDefinition,
  WatchlistMoment,
  CarerRule,
  CommonDefinition,
  PathwayDefinition,
  ReportDefinitions,
} from '../definition.js';
import { error, type Finding } from '../finding.js';
import { conditionReferences } from './condition-references.js';
import { each, factValue, one, type Reference } from './reference.js';

/** Every place where watchlists, reports and the rule about carers name something by code. */
export function reportReferences({ watchlists = {}, carer, reports = {} }: PathwayDefinition): Reference[] {
  return [
    ...Object.entries(watchlists).flatMap(([code, watchlist]) => watchlistReferences(watchlist, `/watchlists/${code}`)),
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

function watchlistReferences({ states, when, from }: WatchlistDefinition, path: string): Reference[] {
  return [
    ...each('state', states, `${path}/states`),
    ...conditionReferences(when, `${path}/when`),
    ...from.flatMap((moment, index) => momentReferences(moment, `${path}/from/${index}`)),
  ];
}

function momentReferences(moment: WatchlistMoment, path: string): Reference[] {
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

/** Watchlists can be read off the record, follow-ups have windows, and only a track of many rows has a catalogue. */
export function lintReports({ watchlists = {}, reports = {}, deadlines, tracks }: PathwayDefinition): Finding[] {
  const follow = reports.recidivism?.deadline;
  return [
    ...Object.entries(watchlists).flatMap(([code, { when }]) =>
      when === undefined ? [] : lintCondition(when, code, `/watchlists/${code}/when`),
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

function lintCondition(condition: Condition, watchlist: string, path: string): Finding[] {
  const [[key, body]] = Object.entries(condition) as [[string, unknown]];
  if (Array.isArray(body) && (key === 'all' || key === 'any')) {
    return body.flatMap((part: Condition, index) => lintCondition(part, watchlist, `${path}/${key}/${index}`));
  }
  if (key === 'not') return lintCondition(body as Condition, watchlist, `${path}/not`);
  const timed = key === 'document' && typeof body === 'object' && body !== null && 'within' in body;
  if (answeredByTheRecord.has(key) && !timed) return [];
  return [
    error('watchlist-not-on-record', path, `The record alone does not answer "${key}", which ${watchlist} asks for`),
  ];
}
