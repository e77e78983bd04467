import type { Actor } from '#libs/cases';
import { pathwayKey, type PathwayDefinition, type RiskLevel } from '#libs/pathways';
import { firstFacts } from '../circumstances.js';
import { staffMember } from '../directory.js';
import { words } from '../words.js';
import { Play } from './play.js';
import type { Rehearsal } from './rehearsal.js';
import { asActor } from './team.js';

/** Crockford's alphabet, in which case codes are written. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Opens the case and enrols it. Where a first step assigns it, nobody owns it before. */
export function openCase(rehearsal: Rehearsal, definition: PathwayDefinition): void {
  const { team, random, child, now } = rehearsal;
  const facts = firstFacts(definition, { random, child, now });
  const { id, agency } = team.owner;
  rehearsal.ask(asActor(team.owner), 'OpenCase', {
    ...identity(rehearsal),
    agency,
    ...(assignsFirst(definition) ? {} : { owner: id }),
    pathway: pathwayKey(definition),
    facts,
  });
}

/** A report that nobody has enrolled in a pathway yet; with a risk, where the helpline heard of one. */
export function openWithoutPathway(rehearsal: Rehearsal, risk: RiskLevel | undefined): void {
  const helpline: Actor = asActor(staffMember('counsellor'));
  const { agency } = rehearsal.team.owner;
  rehearsal.ask(helpline, 'OpenCase', { ...identity(rehearsal), agency });
  if (risk !== undefined) rehearsal.ask(rehearsal.team.owner, 'SetRiskLevel', { level: risk, reason: words.reason });
  new Play(rehearsal).passTo(rehearsal.endsAt);
}

function identity({ random, child }: Rehearsal) {
  const { personId, province, district } = child;
  const code = `K-${Array.from({ length: 6 }, () => alphabet.charAt(random.integer(0, alphabet.length - 1))).join('')}`;
  return { code, personId, province, district, synthetic: true };
}

function assignsFirst({ transitions, initial }: PathwayDefinition): boolean {
  return transitions.some(
    ({ from, guards }) =>
      from.includes(initial) && guards.some(({ check }) => check !== undefined && 'assigneeWithoutConflict' in check),
  );
}
