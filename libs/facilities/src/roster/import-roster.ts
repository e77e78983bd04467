import { localDateOf } from '#libs/calendar';
import { CommandRefused, VersionConflict } from '#libs/case-commands';
import { facilityIdOf, loadCase, loadPerson } from '#libs/case-log';
import type { Actor, CaseState, KnownCase, KnownFacility, PersonState } from '#libs/cases';
import type { Spean } from '#libs/composition';
import { CommitOutcomeUnknown, DatabaseUnavailable } from '#libs/database';
import { NoFacilityRegister, registerInForce } from '#libs/pathway-files';
import type { ResidenceDefinition } from '#libs/pathways';
import { newCaseCode } from '#libs/record-exchange';
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import { readRow, type RosterRow, type RosterRules } from './row.js';
import { newsIn, rosterPurpose, toldBefore, type ToldBefore } from './told-before.js';

/** What came of a roster. Every row is counted once: received = created + updated + unchanged + quarantined. */
export interface RosterSummary {
  received: number;
  created: number;
  updated: number;
  unchanged: number;
  quarantined: { index: number; reason: string }[];
}

export interface RosterOptions {
  actor: Actor;
  /** Code of the facility whose roster it is; absent: each row names its own. */
  facility?: string;
}

type Fate = { kind: 'created' | 'updated' | 'unchanged' } | { kind: 'quarantined'; reason: string };

/** A row cannot be taken in; the message names the column. */
class UnusableRow extends Error {
  override readonly name = 'UnusableRow';
}

/** Namespace of the ids of children and their cases, made of facility and roster number. */
const namespace = '9a7f7d0a-2c50-5a3f-9a3c-6f5e0a1f7b64';
/** Rows taken in at the same time. */
const atOnce = 8;

/**
 * Takes the roster of a facility in, row by row: the child and the case of one who lives there, by the ordinary commands.
 * Ids are made of facility and roster number, and only what no roster has told before is told, so the same roster again
 * changes nothing and undoes no correction. A row that cannot be used waits alone, and stops no other.
 *
 * @throws DatabaseUnavailable, CommitOutcomeUnknown; what was taken in by then stays, and is found the next time.
 */
export async function importRoster(
  spean: Spean,
  rows: readonly unknown[],
  options: RosterOptions,
): Promise<RosterSummary> {
  const roster = new Roster(spean, options);
  const summary: RosterSummary = { received: rows.length, created: 0, updated: 0, unchanged: 0, quarantined: [] };
  const waiting = [...rows.entries()];
  const next = async (): Promise<void> => {
    for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
      const [index, row] = entry;
      const fate = await roster.take(row);
      if (fate.kind === 'quarantined') summary.quarantined.push({ index, reason: fate.reason });
      else summary[fate.kind] += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, next));
  summary.quarantined.sort((one, other) => one.index - other.index);
  return summary;
}

/** One roster on its way in. */
class Roster {
  readonly #spean: Spean;
  readonly #actor: Actor;
  readonly #rules: RosterRules;
  readonly #pathway: string;
  readonly #facilities = new Map<string, Promise<KnownFacility | undefined>>();
  readonly #seen = new Set<string>();

  constructor(spean: Spean, { actor, facility }: RosterOptions) {
    const { pathway, residence } = registerInForce(spean.pathways);
    if (residence === undefined) throw new NoFacilityRegister('no pathway says where a child lives');
    const { facts } = spean.pathways.get(pathway).definition;
    const { zone } = spean.calendar;
    this.#spean = spean;
    this.#actor = actor;
    this.#pathway = pathway;
    this.#rules = { facts, residence, facility, zone, today: localDateOf(spean.clock.now(), zone) };
  }

  /** Whatever is wrong with one row concerns that row alone; only a database that is away stops the rest. */
  async take(given: unknown): Promise<Fate> {
    const read = readRow(given, this.#rules);
    if (!read.ok) return { kind: 'quarantined', reason: read.reason };
    try {
      return { kind: await this.#takeIn(read.row) };
    } catch (error) {
      if (error instanceof DatabaseUnavailable || error instanceof CommitOutcomeUnknown) throw error;
      return { kind: 'quarantined', reason: reasonOf(error) };
    }
  }

  async #takeIn(row: RosterRow): Promise<'created' | 'updated' | 'unchanged'> {
    const key = `${row.facility}|${row.rosterNumber}`;
    // Of two rows with one number nobody knows which child is meant.
    if (this.#seen.has(key)) throw new UnusableRow('rosterNumber: given before in this roster');
    this.#seen.add(key);
    const facility = await this.#facility(row.facility);
    if (facility === undefined) throw new UnusableRow('facility: not in the register');
    const personId = uuidv5(`${key}|person`, namespace);
    const caseId = uuidv5(`${key}|case`, namespace);
    const { database, context, sealer } = this.#spean;
    const [person, { state }, before] = await database.read(context, (queries) =>
      Promise.all([
        loadPerson(queries, sealer, personId),
        loadCase(queries, caseId),
        toldBefore(queries, sealer, { personId, caseId }),
      ]),
    );
    if (state.status === 'known') this.#assertStillThere(row, state);
    const changed = await this.#tellPerson(personId, row, facility, person.state, before);
    const told = await this.#tellCase(caseId, personId, row, facility, state, before);
    if (state.status === 'none') return 'created';
    return changed || told ? 'updated' : 'unchanged';
  }

  /** A roster never moves a child who by their case has gone elsewhere. */
  #assertStillThere({ facility }: RosterRow, { facts }: KnownCase): void {
    if (facts[this.#rules.residence.facility] !== facility) {
      throw new UnusableRow('facility: by their case the child lives elsewhere');
    }
  }

  /** @returns whether anything changed */
  async #tellPerson(
    personId: string,
    { sex, ageBand, identity }: RosterRow,
    { province, district, synthetic }: KnownFacility,
    now: PersonState,
    { person: before }: ToldBefore,
  ): Promise<boolean> {
    const given = { sex, ageBand, province, district };
    const data = {
      facts: now.facts === undefined ? { ...given, synthetic } : { ...now.facts, ...newsIn(given, before.facts) },
      identity: { ...now.identity, ...newsIn(identity, before.identity) },
      location: now.location,
    };
    const { events } = await this.#spean.commands.executePerson({
      ...this.#envelope(),
      personId,
      command: {
        type: now.facts === undefined ? 'RegisterPerson' : 'ChangePersonDetails',
        data,
        occurredAt: this.#spean.clock.now(),
        precision: 'moment',
      },
    });
    return events.length > 0;
  }

  /** @returns whether anything changed */
  async #tellCase(
    caseId: string,
    personId: string,
    { facility: code, facts }: RosterRow,
    { agency, owner, province, district, synthetic }: KnownFacility,
    state: CaseState,
    { state: before }: ToldBefore,
  ): Promise<boolean> {
    const when = { occurredAt: this.#spean.clock.now(), precision: 'moment' as const };
    if (state.status === 'none') {
      const opening = { code: newCaseCode(), personId, agency, province, district, synthetic };
      await this.#spean.commands.execute({
        ...this.#envelope(),
        caseId,
        command: {
          type: 'OpenCase',
          data: {
            ...opening,
            ...(owner === undefined ? {} : { owner }),
            pathway: this.#pathway,
            facts: { ...facts, ...residentFacts(this.#rules.residence, code) },
          },
          ...when,
        },
      });
      return true;
    }
    const news = newsIn(facts, before.status === 'known' ? before.facts : {}) as typeof facts;
    if (Object.keys(news).length === 0) return false;
    const command = { type: 'RecordFacts' as const, data: { facts: news }, ...when };
    const { events } = await this.#spean.commands.execute({ ...this.#envelope(), caseId, command });
    return events.length > 0;
  }

  #facility(code: string): Promise<KnownFacility | undefined> {
    const known = this.#facilities.get(code) ?? this.#spean.facilities.findState(facilityIdOf(code), this.#actor);
    this.#facilities.set(code, known);
    return known;
  }

  #envelope() {
    return { actor: this.#actor, purpose: rosterPurpose, traceId: uuidv7().replaceAll('-', '') };
  }
}

function residentFacts({ facility, found }: ResidenceDefinition, code: string) {
  return { [facility]: code, ...found };
}

/** Columns and problems where we know them; of any other error only its name, for its text could quote a child's data. */
function reasonOf(error: unknown): string {
  if (error instanceof UnusableRow) return error.message;
  if (error instanceof CommandRefused) {
    return error.refusal.unmet.map(({ code, subject }) => `${subject.replace(/^facts\./u, '')}: ${code}`).join('; ');
  }
  if (error instanceof VersionConflict) return 'row: changed by somebody else at the same moment';
  return `row: ${error instanceof Error ? error.name : 'unknown error'}`;
}
