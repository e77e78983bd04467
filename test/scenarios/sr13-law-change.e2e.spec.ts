import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { CaseHand } from '../support/case-hand.js';
import { refusal } from '../support/http-client.js';
import { identityMap, mandatoryReport, survivorsVersion } from '../support/law-texts.js';
import { missing } from '../support/missing.js';
import { local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';
import { survivorsCast, toWorker } from '../support/survivors-cast.js';

interface Version {
  readonly version: string;
  readonly safety: readonly string[];
  readonly approvedBy: readonly string[];
  readonly publishedAt: string | null;
  readonly effectiveFrom: string | null;
}

interface Change {
  readonly kind: string;
  readonly path: string;
  readonly safety: boolean;
}

const secondMinister = { id: 'ministry-2', agency: 'MOSVY', roles: ['MOSVY_CPD'] };
const thirdMinister = { id: 'ministry-3', agency: 'MOSVY', roles: ['MOSVY_CPD'] };
const cast = { ...survivorsCast, staff: [...survivorsCast.staff, secondMinister, thirdMinister] };
const survivors = '/pathways/A_OCSEA';

let program: Program;
let running: CaseHand;

const ministry = (id = 'ministry') => program.as(id);
const propose = (source: string, effectiveOn?: string, by = 'ministry') =>
  ministry(by).post('/pathways/versions', { source, ...(effectiveOn === undefined ? {} : { effectiveOn }) });
const approve = (version: string, by: string) => ministry(by).post(`/pathways/versions/A_OCSEA@${version}/approval`);
const versionOf = async (version: string) =>
  (await ministry().get<Version[]>(`${survivors}/versions`)).find((each) => each.version === version);
const pinnedTo = async (hand: CaseHand) => (await hand.view()).enrolment?.pathway;

/** A report that was assigned: it waits in triage. */
async function assigned(province = '12', pathway = 'A_OCSEA'): Promise<CaseHand> {
  const helpline = program.as('counsellor');
  const { id: personId } = await helpline.post('/persons', { sex: 'female', province, synthetic: true });
  const { id } = await helpline.post('/cases', { personId, pathway, ...toWorker, province, synthetic: true });
  const lead = new CaseHand(program.as('lead'), id);
  await lead.document('INTAKE_REPORT');
  await lead.take('A01', {
    assignee: toWorker,
    attestations: [{ guard: 'A01.2', reason: 'No earlier record' }],
  });
  return new CaseHand(program.as('worker'), id);
}

beforeAll(async () => {
  program = await startProgram(local('2026-03-02', '09:00'), cast);
  running = await assigned();
});
afterAll(() => program.stop());

describe('SR-13: publish v2 with a new mandatory-report step: running cases stay on v1 unless migrated; migration is an event', () => {
  const v2 = survivorsVersion('1.1.0', ...mandatoryReport) + identityMap();

  it('a definition that is not sound is refused with every finding, its line and its reason in both languages', async () => {
    const broken = survivorsVersion('1.1.0', ['to: TRIAGE', 'to: LIMBO'], ['ladder: L_STD', 'ladder: L_NONE']);
    const { status, unmet } = await refusal(propose(broken));
    expect(status).toBe(422);
    expect(unmet).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: 'DefinitionInvalid', subject: '/transitions/0/to' }),
        expect.objectContaining({
          text: {
            en: expect.stringMatching(/\d+: \/deadlines\/\w+\/ladder .*"L_NONE" is no ladder/),
            km: expect.stringMatching(/\d+: \/deadlines\/\w+\/ladder .*[\u1780-\u17ff]/u),
          },
        }),
      ]),
    );
    expect(await versionOf('1.1.0')).toBeUndefined();
  });

  it('neither a worker proposes it, nor does it come into force in the past', async () => {
    expect(missing(await refusal(propose(v2, '2026-03-01', 'worker')))).toEqual([
      'RoleNotAllowed ProposePathwayVersion',
      'TooLate effectiveOn',
    ]);
  });

  it('what it changes can be read before anybody agrees', async () => {
    await propose(v2, '2026-04-01', 'province');
    const changes = await ministry().get<Change[]>(`${survivors}/diff?from=1.0.0&to=1.1.0`);
    expect(changes.map(({ kind, path, safety }) => [kind, path, safety])).toEqual([
      ['added', '/transitions/A28', false],
      ['added', '/transitions/A28/documents/INTAKE_REPORT', false],
      ['added', '/deadlines/DA26', false],
    ]);
  });

  it('protects no child less, so one person besides the proposer agrees, and it is published for its day', async () => {
    expect(missing(await refusal(approve('1.1.0', 'lead')))).toEqual(['RoleNotAllowed ApprovePathwayVersion']);
    const { events } = await approve('1.1.0', 'ministry');
    expect(events).toEqual(['PathwayVersionApproved', 'PathwayVersionPublished']);
    expect(await versionOf('1.1.0')).toMatchObject({
      safety: [],
      approvedBy: ['ministry'],
      effectiveFrom: local('2026-04-01', '00:00'),
    });
    expect((await refusal(approve('1.1.0', 'ministry-2'))).status).toBe(409);
  });

  it('until that day cases begin under v1, and v2 cannot be taken ahead', async () => {
    expect(await pinnedTo(await assigned())).toBe('A_OCSEA@1.0.0');
    expect(missing(await refusal(assigned('12', 'A_OCSEA@1.1.0')))).toEqual(['NotInForce pathway']);
    expect(
      missing(
        await refusal(
          ministry().post(`/cases/${running.caseId}/migration`, { to: 'A_OCSEA@1.1.0', reason: 'Too early' }),
        ),
      ),
    ).toEqual(['NotInForce pathway']);
  });

  it('from that day on, API and worker keep the duty of the new law for new cases, without a restart', async () => {
    await program.advanceTo(local('2026-04-01', '08:00'));
    const fresh = await assigned();
    expect(await pinnedTo(fresh)).toBe('A_OCSEA@1.1.0');
    expect(await program.deadline(fresh.caseId, 'DA26')).toMatchObject({
      status: 'due',
      dueAt: local('2026-04-03', '08:00'),
    });
    await program.advance('P2D');
    const told = await program.escalations(fresh.caseId, 'DA26');
    expect(told.filter(({ overdue }) => overdue).map((each) => each.told)).toEqual([['lead']]);
    await fresh.take('A28');
    expect(await program.deadline(fresh.caseId, 'DA26')).toMatchObject({ status: 'met', inTime: true });
  });

  it('the running case stays on v1 and knows no such step', async () => {
    expect(await pinnedTo(running)).toBe('A_OCSEA@1.0.0');
    expect(await program.deadline(running.caseId, 'DA26')).toBeUndefined();
    expect((await refusal(running.take('A28'))).status).toBe(404);
  });

  it('and is moved by an event that says from where, to where, by whom and why', async () => {
    const move = { to: 'A_OCSEA@1.1.0', reason: 'The authority must know of old reports, too' };
    expect(missing(await refusal(program.as('worker').post(`/cases/${running.caseId}/migration`, move)))).toEqual([
      'RoleNotAllowed MigrateCase',
    ]);
    const { events } = await ministry().post(`/cases/${running.caseId}/migration`, move);
    expect(events).toEqual(['CaseMigrated', 'DeadlineArmed']);
    const entry = (await running.timeline()).find(({ type }) => type === 'CaseMigrated');
    expect(entry).toMatchObject({
      by: 'ministry',
      data: { from: 'A_OCSEA@1.0.0', to: 'A_OCSEA@1.1.0', state: { from: 'TRIAGE', to: 'TRIAGE' } },
      opened: { narrative: { reason: move.reason } },
    });
  });

  it('then has the duty, overdue since the day the law would have asked for it, and can do it', async () => {
    expect(await program.deadline(running.caseId, 'DA26')).toMatchObject({
      status: 'overdue',
      dueAt: local('2026-03-04', '09:00'),
    });
    expect(await running.state()).toBe('TRIAGE');
    await running.take('A28');
    expect(await program.deadline(running.caseId, 'DA26')).toMatchObject({ status: 'met' });
    expect(await pinnedTo(running)).toBe('A_OCSEA@1.1.0');
  });
});

describe('a version that takes protection away', () => {
  const weaker = survivorsVersion('1.2.0', ...mandatoryReport, [/ {6}- id: A24\.2[^]*?attestation: .*\n/, '']);

  it('needs two people, neither of them the proposer', async () => {
    await propose(weaker);
    expect(await versionOf('1.2.0')).toMatchObject({ safety: ['/transitions/A24/guards/A24.2'], publishedAt: null });
    expect(missing(await refusal(approve('1.2.0', 'ministry')))).toEqual(['TwoPersonRule approval']);
    expect((await approve('1.2.0', 'ministry-2')).events).toEqual(['PathwayVersionApproved']);
    expect(missing(await refusal(approve('1.2.0', 'ministry-2')))).toEqual(['TwoPersonRule approval']);
    expect((await approve('1.2.0', 'ministry-3')).events).toEqual([
      'PathwayVersionApproved',
      'PathwayVersionPublished',
    ]);
    expect(await versionOf('1.2.0')).toMatchObject({ approvedBy: ['ministry-2', 'ministry-3'] });
  });

  it('has no map from the version before: its cases stay', async () => {
    const fresh = await assigned();
    expect(await pinnedTo(fresh)).toBe('A_OCSEA@1.2.0');
    const move = { to: 'A_OCSEA@1.2.0', reason: 'All the same' };
    expect(missing(await refusal(ministry().post(`/cases/${running.caseId}/migration`, move)))).toEqual([
      'MapMissing A_OCSEA@1.1.0',
    ]);
  });

  it('is out of date once another was published', async () => {
    await propose(survivorsVersion('1.3.0', ['Triage done', 'Triage finished']));
    await propose(survivorsVersion('1.4.0', ['Triage done', 'Triage over']));
    for (const by of ['ministry-2', 'ministry-3']) await approve('1.4.0', by).catch(() => undefined);
    expect(await versionOf('1.4.0')).not.toMatchObject({ publishedAt: null });
    expect(missing(await refusal(approve('1.3.0', 'ministry-2')))).toEqual(['WrongState base']);
  });
});

describe('an overlay of a province', () => {
  const overlay = (version: string, ...numbers: string[]) =>
    [
      'overlay: A_OCSEA',
      `version: ${version}`,
      'basis: Islands without a ferry at night',
      'numbers:',
      ...numbers.map((each) => `  ${each}`),
      '',
    ].join('\n');

  it('cannot touch a guard', async () => {
    const { unmet } = await refusal(propose(overlay('1.4.0+12.1', '/transitions/0/guards/0/check: PT1H')));
    expect(unmet).toMatchObject([
      { code: 'DefinitionInvalid', text: { en: expect.stringContaining('a province sets nothing else') } },
    ]);
  });

  it('changes the hours for new cases of its province, there alone', async () => {
    await propose(overlay('1.4.0+12.1', '/deadlines/DA02/due/1/within: PT1H'), undefined, 'province');
    await approve('1.4.0+12.1', 'ministry');
    const [here, elsewhere] = [await assigned('12'), await assigned('17')];
    expect(await pinnedTo(here)).toBe('A_OCSEA@1.4.0+12.1');
    expect(await pinnedTo(elsewhere)).toBe('A_OCSEA@1.4.0');
    expect(await program.deadline(here.caseId, 'DA02')).toMatchObject({ dueAt: local('2026-04-03', '09:00') });
    expect(await program.deadline(elsewhere.caseId, 'DA02')).toMatchObject({ dueAt: local('2026-04-03', '10:00') });
  });

  it('needs two people where it gives more time in danger', async () => {
    await propose(overlay('1.4.0+12.2', '/ladders/L_SAFETY/rungs/2/at: PT2H'), undefined, 'province');
    expect(await versionOf('1.4.0+12.2')).toMatchObject({ safety: ['/ladders/L_SAFETY'] });
    expect((await approve('1.4.0+12.2', 'ministry')).events).toEqual(['PathwayVersionApproved']);
    expect((await approve('1.4.0+12.2', 'ministry-2')).events).toContain('PathwayVersionPublished');
  });
});
