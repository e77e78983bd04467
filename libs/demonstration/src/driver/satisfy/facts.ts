import type { FactValue, RiskLevel } from '#libs/pathways';
import { Impossible } from '../impossible.js';
import { recordFact, setRisk } from '../records.js';
import type { Rehearsal } from '../rehearsal.js';
import type { Satisfiers } from '../scene.js';

const levels: readonly (readonly [RiskLevel, number])[] = [
  ['medium', 40],
  ['high', 35],
  ['low', 20],
  ['no_action', 5],
];

/** What is known of the case: risk, facts, tracks. How old the child is can't be changed. */
export const factSatisfiers: Satisfiers<'risk' | 'riskConfirmed' | 'fact' | 'track' | 'trackRows' | 'age'> = {
  risk: (allowed, { rehearsal }, wanted) => {
    const fitting = levels.filter(([level]) => allowed.includes(level) === wanted);
    setRisk(rehearsal, rehearsal.random.weighted(fitting));
  },
  riskConfirmed: (_, { rehearsal }, wanted) => {
    if (!wanted) throw new Impossible('what was confirmed stays so');
    setRisk(rehearsal, rehearsal.state.risk?.level ?? rehearsal.random.weighted(levels));
  },
  fact: ({ name, is, in: options, atLeast, atMost }, { rehearsal }, wanted) => {
    if (!wanted) return recordFact(rehearsal, name, opposite(rehearsal, name, is, options, atLeast, atMost));
    if (is !== undefined) return recordFact(rehearsal, name, is);
    if (options !== undefined) return recordFact(rehearsal, name, rehearsal.random.pick(options));
    if (atLeast === undefined && atMost === undefined) return recordFact(rehearsal, name);
    const bounds = rehearsal.pathway.definition.facts[name];
    const least = atLeast ?? Math.max(bounds?.minimum ?? 0, (atMost ?? 0) - 3);
    recordFact(rehearsal, name, rehearsal.random.integer(least, atMost ?? least + 3));
  },
  track: ({ id, in: states, since }, scene, wanted) => {
    const { rehearsal } = scene;
    const { tracks } = rehearsal.pathway.definition;
    if (!wanted && since !== undefined) throw new Impossible('what was, was');
    const possible = wanted ? states : Object.keys(tracks[id]?.states ?? {}).filter((state) => !states.includes(state));
    // The first are the usual ones.
    const usual = possible.slice(0, 3).map((state, index) => [state, 1 / (index + 1)] as const);
    scene.moveTrack(id, rehearsal.random.weighted(usual), rowsOf(rehearsal, id)[0]);
  },
  trackRows: ({ id, all }, scene, wanted) => {
    if (!wanted) throw new Impossible('rows are not brought out of order');
    const { rehearsal } = scene;
    const rows = (rehearsal.state.tracks[id] ?? []).map(({ row }) => row ?? '');
    const needed = rows.length > 0 ? rows : rowsOf(rehearsal, id).slice(0, 3);
    for (const row of needed) scene.moveTrack(id, rehearsal.random.pick(all.slice(0, 2)), row);
  },
  age: () => {
    throw new Impossible('the child is not of that age');
  },
};

/** What a track may have rows about; none where it has one state alone. */
function rowsOf({ pathway }: Rehearsal, id: string): string[] {
  const track = pathway.definition.tracks[id];
  if (track?.rows !== 'many') return [];
  return track.catalogue === undefined ? [`${id}-1`, `${id}-2`, `${id}-3`] : Object.keys(track.catalogue);
}

function opposite(
  { state, pathway, random }: Rehearsal,
  name: string,
  is: FactValue | undefined,
  options: FactValue[] | undefined,
  atLeast: number | undefined,
  atMost: number | undefined,
): FactValue {
  if (typeof is === 'boolean') return !is;
  const codes = Object.keys(pathway.definition.facts[name]?.options ?? {});
  const others = codes.filter((code) => code !== is && options?.includes(code) !== true);
  if (others.length > 0 && (is !== undefined || options !== undefined)) return random.pick(others);
  if (atLeast !== undefined) return atLeast - 1;
  if (atMost !== undefined) return atMost + 1;
  throw new Impossible(`${name} stays ${String(state.facts[name])}`);
}
