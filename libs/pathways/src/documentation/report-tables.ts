import type {
  WatchlistDefinition,
  WatchlistMoment,
  PathwayDefinition,
  SupervisionDefinition,
  Text,
} from '../definition.js';
import { inWords } from './condition-words.js';
import { table } from './table.js';

/** What the rows of each track may be about, and what shows that it was done. */
export function catalogueTable({ tracks }: PathwayDefinition): string | undefined {
  const rows = Object.entries(tracks).flatMap(([track, { catalogue = {} }]) =>
    Object.entries(catalogue).map(([code, { title, evidence }]) => [track, code, title.en, evidence?.en ?? '']),
  );
  return rows.length === 0 ? undefined : table(['Track', 'Code', 'Meaning', 'Shown by'], rows);
}

/** Every list that supervisors watch: what is on it, from when on, and why. */
export function watchlistTable({ watchlists }: PathwayDefinition): string | undefined {
  if (watchlists === undefined) return undefined;
  return table(
    ['Code', 'Watchlist', 'Who is listed', 'Condition', 'From', 'Basis', 'Confirmed'],
    Object.entries(watchlists).map(([code, watchlist]) => [
      code,
      watchlist.title.en,
      watchlist.meaning.en,
      conditionInWords(watchlist),
      watchlist.from.map(momentInWords).join('; or '),
      `${watchlist.tag}: ${watchlist.basis}`,
      watchlist.confirmed ? 'yes' : '**unconfirmed**',
    ]),
  );
}

/** What national numbers count. */
export function reportTable({ reports }: PathwayDefinition): string | undefined {
  if (reports === undefined) return undefined;
  return table(
    ['Report', 'What it counts'],
    Object.entries(reports).map(([name, report]: [string, { meaning: Text }]) => [name, report.meaning.en]),
  );
}

export function supervisionLine({ caseload, noContact, tag, basis, confirmed }: SupervisionDefinition): string {
  return (
    `One worker keeps ${caseload.active} cases at most, ${caseload.highRisk} of them at high risk. A case without contact ` +
    `for ${noContact} is listed. ${tag}: ${basis}. ${confirmed ? 'Confirmed.' : '**Unconfirmed.**'}\n`
  );
}

function conditionInWords({ states, when }: WatchlistDefinition): string {
  const where = states === undefined ? 'the case has not ended' : `the case is in ${states.join(' or ')}`;
  return when === undefined ? where : `${where}, and ${inWords(when)}`;
}

function momentInWords(moment: WatchlistMoment): string {
  const start = startInWords(moment);
  return 'after' in moment ? `${moment.after} after ${start}` : start;
}

function startInWords(moment: WatchlistMoment): string {
  if ('deadline' in moment) return `${moment.deadline} is due`;
  if ('fact' in moment) return `the end of ${moment.fact}`;
  if ('track' in moment) return `${moment.track.id} came to be in ${moment.track.in.join(' or ')}`;
  if ('taken' in moment) return `the latest of ${moment.taken.join(', ')}`;
  return 'review' in moment ? 'the review that the latest decision set' : 'the case was opened';
}
