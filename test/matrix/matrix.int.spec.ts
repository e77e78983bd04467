import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import {
  commandActions,
  decideAccess,
  groupsOf,
  roles,
  routes,
  type CaseAction,
  type RouteRule,
  type ShownClass,
} from '#libs/access';
import { Random } from '#libs/demonstration';
import type { RoleCode } from '#libs/pathways';

import { headersOf, Requests, type Request } from './requests.js';
import { canaries, openWorld, type Asker, type World } from './world.js';
import type { Description } from '../faults/fuzz/openapi.js';

/** Every role that signs in; `SYSTEM` is the program itself. */
const everyRole = (Object.values(roles).flat() as RoleCode[]).filter((role) => role !== 'SYSTEM');

/** A version that the case had long ago: what policy allows is refused for that, and nothing is changed. */
const stale = { 'if-match': '"1"' };

/**
 * Each write of one action is judged by the same rows, so one of them is asked by everybody and the others by these many;
 * `SPEAN_MATRIX=full` has everybody ask everything.
 */
const sampled = process.env['SPEAN_MATRIX'] === 'full' ? Infinity : 6;

type Verdict = 'open' | 'role refused' | 'not there';

let world: World;
let requests: Requests;

beforeAll(async () => {
  world = await openWorld(everyRole);
  const description = await world.api.app.inject({ url: '/openapi.json' });
  requests = new Requests(description.json<Description>());
  requests.learn({
    ...world.inside,
    caseId: world.caseId,
    agency: 'm-own',
    toAgency: 'm-near',
    owner: 'jpo-own',
    recipient: 'm-near',
  });
}, 180_000);
afterAll(() => world.api.close());

const caseRoutes = Object.entries(routes).flatMap(([route, rule]) =>
  rule.to === 'case' ? [{ route, action: rule.action }] : [],
);
const reads = caseRoutes.filter(({ route }) => route.startsWith('GET'));
const writes = caseRoutes.filter(({ route }) => !route.startsWith('GET'));

/** Everybody reads the case itself and its history; the other views of it are judged by the same rows. */
function askersOf(route: string): readonly Asker[] {
  if (sampled === Infinity || /:caseId(\/timeline)?$/.test(route)) return world.askers;
  const random = new Random(`matrix/${route}`);
  return Array.from({ length: 5 * sampled }, () => random.pick([...world.askers]));
}

const shownTo = (asker: Asker, action: CaseAction) =>
  decideAccess(action, asker, world.relations, world.api.clock.now());

function ask(asker: Asker | undefined, request: Request, preconditions: Record<string, string> = stale) {
  const { method, url, body } = request;
  const headers = { ...headersOf(request), ...preconditions };
  if (asker !== undefined) return world.api.ask(method, url, body, { as: asker.id, ...headers });
  return world.api.app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body }) });
}

/** What the policy says of a write: whoever may not know of a case finds none, whoever may is told that it is not for them. */
function expected(asker: Asker, action: CaseAction): Verdict {
  if (shownTo(asker, action) !== undefined) return 'open';
  return shownTo(asker, 'case.read') === undefined ? 'not there' : 'role refused';
}

/** What it takes to be answered by a read of a case at all. */
function isOpen(route: string, shown: ReadonlySet<ShownClass>): boolean {
  const whole = route === 'GET /cases/:caseId' || route === 'GET /cases/:caseId/referrals';
  const words = !route.endsWith('/attachment') || shown.has('narrative');
  return whole || (shown.has('progress') && words);
}

const commandNames = new Set(Object.keys(commandActions));

function verdictOf({ statusCode, body }: { statusCode: number; body: string }): Verdict {
  if (statusCode === 404) return 'not there';
  const { unmet = [] } = JSON.parse(body) as { unmet?: { code: string; subject: string }[] };
  const [first] = unmet;
  return statusCode === 422 && first?.code === 'RoleNotAllowed' && commandNames.has(first.subject)
    ? 'role refused'
    : 'open';
}

/** A request that is turned down for its version alone when somebody asks who may: all else in it is right. */
async function rightRequest(route: string, action: CaseAction): Promise<Request> {
  const allowed =
    world.askers.find((asker) => shownTo(asker, action) !== undefined && asker.standing === 'own') ??
    world.askers.find((asker) => shownTo(asker, action) !== undefined);
  if (allowed === undefined) throw new Error(`nobody may ${action}`);
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const request = requests.of(route, { ...world.inside, caseId: world.caseId });
    const answer = await ask(allowed, request);
    if (answer.statusCode === 412) return request;
    if (attempt === 59) throw new Error(`no request of ${route} is right: ${answer.statusCode} ${answer.body}`);
  }
  throw new Error('unreachable');
}

/** A made-up body that cannot be stored is refused before anybody asks who sends it; then another is made up. */
async function askSoundly(asker: Asker, route: string) {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await ask(asker, requests.of(route, {}));
    if (answer.statusCode !== 400 || attempt === 9) return answer;
  }
}

const leaksOf = (body: string): string[] =>
  Object.entries(canaries).flatMap(([fieldClass, word]) => (body.includes(word) ? [fieldClass] : []));

describe('every route of the running program', () => {
  it('has its row, and every row its route', () => {
    const described = [...requests.routes.keys()].sort();
    const rows = Object.entries(routes).flatMap(([route, { to }]) =>
      / \/(?:health$|ready$|primero\/|oscar\/)/.test(route) ? [] : [{ route, to }],
    );
    expect(rows.map(({ route }) => route).sort()).toEqual(described);
  });

  it('asks who calls, but those that are for anybody', async () => {
    const wrong: string[] = [];
    for (const route of requests.routes.keys()) {
      const { statusCode } = await ask(
        undefined,
        requests.of(route, { caseId: world.caseId, personId: world.personId }),
      );
      // What cannot be stored is refused before anybody asks who sends it, and a sign-in says that it knows nobody.
      const open = (routes[route] as RouteRule).to === 'anybody';
      const right = open ? statusCode !== 401 || route.startsWith('POST /sessions') : [400, 401].includes(statusCode);
      if (!right) wrong.push(`${route} ${statusCode}`);
    }
    expect(wrong).toEqual([]);
  });

  it('for certain roles turns every other away', async () => {
    const wrong: string[] = [];
    for (const [route, rule] of Object.entries(routes)) {
      if (rule.to !== 'groups') continue;
      for (const asker of world.askers.filter(({ standing }) => standing === 'near')) {
        const { statusCode } = await askSoundly(asker, route);
        const may = groupsOf(asker.roles).some((group) => rule.groups.includes(group));
        if ((statusCode === 403) === may) wrong.push(`${route} ${asker.id} ${statusCode}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('a case', () => {
  it('is read by those whom the policy names, class by class, and is not there for all others', async () => {
    const wrong: string[] = [];
    for (const { route, action } of reads) {
      for (const asker of askersOf(route)) {
        const { statusCode, body } = await ask(
          asker,
          requests.of(route, { ...world.inside, caseId: world.caseId }),
          {},
        );
        const shown = shownTo(asker, action);
        const open = shown !== undefined && (action !== 'case.read' || isOpen(route, shown));
        if ((statusCode === 200) !== open) wrong.push(`${route} ${asker.id} ${statusCode}`);
        const leaks = leaksOf(body).filter((each) => !open || (action === 'case.read' && !shown.has(each as never)));
        if (leaks.length > 0) wrong.push(`${route} ${asker.id} told ${leaks.join()}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it('shows each class to those whom the policy gives it', async () => {
    const wrong: string[] = [];
    for (const asker of world.askers) {
      const shown = shownTo(asker, 'case.read');
      if (shown?.has('progress') !== true) continue;
      const url = `/api/v1/cases/${world.caseId}`;
      const view = await ask(asker, { method: 'GET', url, body: undefined }, {});
      const timeline = await ask(asker, { method: 'GET', url: `${url}/timeline?limit=100`, body: undefined }, {});
      const told = new Set([...leaksOf(view.body), ...leaksOf(timeline.body)]);
      const wanted = Object.keys(canaries).filter((each) => shown.has(each as never));
      if (wanted.some((each) => !told.has(each)))
        wrong.push(`${asker.id} sees ${[...told].join()} of ${wanted.join()}`);
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  it('is changed by those whom the policy names, and by nobody else', async () => {
    const wrong: string[] = [];
    const random = new Random('matrix/askers');
    const asked = new Set<CaseAction>();
    for (const { route, action } of writes) {
      const request = await rightRequest(route, action);
      const everybody = !asked.has(action) || sampled === Infinity;
      asked.add(action);
      const askers = everybody ? world.askers : Array.from({ length: sampled }, () => random.pick([...world.askers]));
      for (const asker of askers) {
        const answer = await ask(asker, request);
        const verdict = verdictOf(answer);
        if (verdict !== expected(asker, action) || answer.statusCode < 400) {
          wrong.push(`${route} ${asker.id}: ${answer.statusCode} ${verdict}, not ${expected(asker, action)}`);
        }
        if (verdict !== 'open' && leaksOf(answer.body).length > 0) wrong.push(`${route} ${asker.id} told a name`);
      }
    }
    expect(wrong).toEqual([]);
  }, 300_000);

  it('is not reached by way of another one', async () => {
    const wrong: string[] = [];
    const stranger = world.askers.find(({ id }) => id === 'pdosvy_sup-far') as Asker;
    const within = caseRoutes.filter(({ route }) => /:caseId\/.*:\w+/.test(route));
    expect(within.length).toBeGreaterThan(15);
    for (const { route } of within) {
      const { statusCode, body } = await ask(
        stranger,
        requests.of(route, { ...world.inside, caseId: world.otherCaseId }),
        {},
      );
      if (statusCode < 400 || leaksOf(body).length > 0) wrong.push(`${route} ${statusCode} ${body.slice(0, 200)}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe("a child's record", () => {
  const personRoutes = Object.entries(routes).flatMap(([route, rule]) => (rule.to === 'person' ? [route] : []));

  it('is there for those alone who may see one of the cases, and shows what they may see of it', async () => {
    const wrong: string[] = [];
    for (const asker of world.askers) {
      const shown = shownTo(asker, 'case.read');
      const url = `/api/v1/persons/${world.personId}`;
      const { statusCode, body } = await ask(asker, { method: 'GET', url, body: undefined }, {});
      if ((statusCode === 200) !== (shown !== undefined)) wrong.push(`${asker.id} ${statusCode}`);
      const wanted = (['identity', 'location'] as const).filter((each) => shown?.has(each) === true);
      if (leaksOf(body).join() !== wanted.join()) wrong.push(`${asker.id} is told ${leaksOf(body).join()}`);
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  it('gives no way in to anybody else', async () => {
    const wrong: string[] = [];
    const outside = world.askers.filter((asker) => shownTo(asker, 'case.read') === undefined);
    const random = new Random('matrix/outside');
    for (const route of personRoutes) {
      for (let turn = 0; turn < 15; turn += 1) {
        const asker = random.pick(outside);
        const request = requests.of(route, { personId: world.personId });
        const { statusCode, body } = await ask(asker, request, {});
        if (![400, 404].includes(statusCode) || leaksOf(body).length > 0)
          wrong.push(`${route} ${asker.id} ${statusCode}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 60_000);
});

describe('lists', () => {
  it('hold nothing that the policy does not put there', async () => {
    const wrong: string[] = [];
    for (const asker of world.askers) {
      const url = '/api/v1/worklists/team?limit=100';
      const { body, statusCode } = await ask(asker, { method: 'GET', url, body: undefined }, {});
      const listed = body.includes(world.caseId);
      const wanted = shownTo(asker, 'case.list') !== undefined;
      if (statusCode !== 200 || listed !== wanted) wrong.push(`${asker.id} ${statusCode} ${String(listed)}`);
      if (leaksOf(body).length > 0) wrong.push(`${asker.id} told a name`);
    }
    expect(wrong).toEqual([]);
  }, 60_000);
});
