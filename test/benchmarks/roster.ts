import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { facilityIdOf } from '#libs/case-log';
import type { Actor } from '#libs/cases';
import { openSpean, type Spean } from '#libs/composition';
import type { MasterKeySources } from '#libs/configuration';
import { importRoster, type RosterSummary } from '#libs/facilities';
import { startBenchServer } from './bench-database.js';
import { rounded, type Figures, type Progress } from './figures.js';

/** As many children, in as many facilities, as were counted in residential care. */
const childCount = 10_000;
const facilityCount = 300;

const officer: Actor = { id: 'bench', roles: ['MOSVY_CPD', 'OSVY_SW'], agency: 'mosvy' };

/** Takes the roster of the whole country in, and then once more: the second time nothing may change. */
export async function roster(progress: Progress): Promise<Figures> {
  const folder = await mkdtemp(path.join(tmpdir(), 'spean-bench-roster-'));
  const server = await startBenchServer();
  try {
    const { program } = await server.database('bench_roster', { migrated: true });
    const masterKeys: MasterKeySources = { active: { kind: 'file', file: path.join(folder, 'master.key') } };
    const spean = await openSpean({ databaseUrl: program, masterKeys, mayCreateMasterKey: true });
    try {
      await registerFacilities(spean);
      progress(`${facilityCount} facilities registered`);
      const rows = Array.from({ length: childCount }, (_, index) => rowOf(index));
      const first = await timed(() => importRoster(spean, rows, { actor: officer }));
      progress(`taken in: ${told(first.summary)}`);
      const second = await timed(() => importRoster(spean, rows, { actor: officer }));
      progress(`once more: ${told(second.summary)}`);
      const children = await countChildren(spean);
      return {
        figures: {
          children,
          duplicates: children - childCount,
          first_seconds: rounded(first.seconds),
          first_rows_a_second: rounded(childCount / first.seconds),
          unchanged_the_second_time: second.summary.unchanged,
          second_seconds: rounded(second.seconds),
          second_rows_a_second: rounded(childCount / second.seconds),
        },
        targets: { children: childCount, unchanged_the_second_time: childCount },
      };
    } finally {
      await spean.close();
    }
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const codeOf = (index: number): string => `RCF-${(index % facilityCount) + 1}`;

const rowOf = (index: number) => ({
  facility: codeOf(index),
  rosterNumber: String(index),
  familyNameKm: 'គំរូ',
  givenNameKm: `កុមារ ${index}`,
  sex: index % 2 === 0 ? 'female' : 'male',
  birthDate: `${2008 + (index % 15)}-05-17`,
  admittedAt: '2021-05-01',
});

async function registerFacilities({ commands, clock }: Spean): Promise<void> {
  for (let index = 0; index < facilityCount; index += 1) {
    const code = codeOf(index);
    await commands.executeFacility({
      facilityId: facilityIdOf(code),
      actor: officer,
      purpose: 'benchmark',
      traceId: 'benchmark',
      command: {
        type: 'RegisterFacility',
        data: {
          code,
          type: 'RCI',
          province: '17',
          district: '1701',
          agency: officer.agency,
          state: 'AUTHORISED',
          capacity: 40,
          synthetic: true,
        },
        occurredAt: clock.now(),
        precision: 'moment',
      },
    });
  }
}

async function timed(work: () => Promise<RosterSummary>): Promise<{ summary: RosterSummary; seconds: number }> {
  const started = performance.now();
  const summary = await work();
  return { summary, seconds: (performance.now() - started) / 1_000 };
}

const told = ({ created, updated, unchanged, quarantined }: RosterSummary): string =>
  `${created} created, ${updated} updated, ${unchanged} unchanged, ${quarantined.length} quarantined`;

async function countChildren({ database, context }: Spean): Promise<number> {
  const [row] = await database.read(context, (queries) =>
    queries.query<{ count: number }>('', 'SELECT count(DISTINCT person_id)::int AS count FROM facility_stays'),
  );
  return row?.count ?? 0;
}
