import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type { Actor, CaseCommand } from '#libs/cases';
import { openSpean, type Spean } from '#libs/composition';
import { CaseCommands } from '#libs/case-commands';
import { enterFacilities, perform, planTiny, writeDirectory } from '#libs/demonstration';

import { MailServer } from '../../support/mail-server.js';
import type { Drill, Surroundings } from '../drill.js';
import { settle } from '../installation/settle.js';
import { signedIn } from '../installation/credentials.js';
import { openAccounts } from '../installation/entrance.js';
import { Stage } from '../installation/stage.js';
import { aDayOfCanary, Asking, askForNumbers } from './asking.js';
import { aboutCanary } from './canaries.js';
import { readOptions } from './options.js';
import { anHourOfJobs, openServiceAccount } from './hourly-job.js';
import { Neighbours, secrets } from './neighbours.js';
import { placesOf } from './places.js';
import { plant } from './planting.js';
import { scenariosDrill } from './scenarios-drill.js';
import { foundNowhere, plantedEverywhere, searched } from './searching.js';

/** Who may do all that the drill asks for through HTTP. */
const worker = 'bridge-worker';

/**
 * Lives through the lives of children whom nobody could mistake, on a real installation that logs all it can, then looks
 * for every name, number, address and word of theirs in everything that could be stolen, mailed or read along.
 */
export const canaryDrill: Drill = async (args, surroundings) => {
  const { stories, scenarios } = readOptions(args);
  if (scenarios) return scenariosDrill(surroundings);
  const started = performance.now();
  const [mails, neighbours] = [await MailServer.start(), await Neighbours.start()];
  const settings = {
    ...neighbours.settings,
    LOG_LEVEL: 'trace',
    SMTP_URL: mails.url,
    SPEAN_MAIL_FROM: 'drill@example.org',
  };
  surroundings.say('starting database, Redis, API and worker');
  const stage = await Stage.open('redis', settings);
  try {
    const { asking, tokens, ...lived } = await live(stage, neighbours, stories, surroundings);
    const redisUrl = stage.redisUrl ?? '';
    await plant(stage, { redisUrl, smtpUrl: mails.url });
    await askForNumbers(asking);
    await stage.stop();
    surroundings.say('searching');
    const found = await placesOf(stage, { asking, mails, neighbours, redisUrl });
    const places = await searched(found, { ...secrets, ...tokens });
    const report = {
      ...lived,
      mails: mails.received.length,
      ...{ jobTokens: Object.keys(tokens ?? {}).length, named: neighbours.named, toldSecrets: neighbours.toldSecrets },
      places,
      seconds: Math.round((performance.now() - started) / 1000),
    };
    const exchanged = neighbours.named > 0 && tokens !== undefined;
    const believable = exchanged && lived.commands > 0 && lived.succeeded > 5 && plantedEverywhere(places);
    if (!believable) surroundings.say('What was planted was not found everywhere: this run proves nothing');
    return { passed: believable && foundNowhere(places) && !neighbours.toldSecrets, report };
  } finally {
    await stage.close();
    await Promise.all([mails.stop(), neighbours.stop()]);
  }
};

async function live(stage: Stage, neighbours: Neighbours, stories: number, { say, stop }: Surroundings) {
  const masterKeys = { active: { kind: 'file', file: path.join(stage.folder, 'master.key') } } as const;
  const spean = await openSpean({ databaseUrl: stage.urls.program, masterKeys, mayCreateMasterKey: true });
  let commands = 0;
  try {
    await writeDirectory(spean.database, spean.context);
    await stage.asAdmin(openAccounts);
    await stage.asAdmin(openServiceAccount);
    neighbours.openCases();
    await stage.api.start();
    const [credentials = {}] = await signedIn(stage, [worker]);
    const asking = new Asking(stage.address, credentials);
    const succeeded = await aDayOfCanary(asking);
    say(`living through ${stories} cases`);
    const now = spean.clock.now();
    // Some of the children go to live there.
    await enterFacilities((moment) => new CaseCommands({ ...spean, clock: { now: () => moment } }), now);
    let lived = 0;
    for (const story of planTiny(spean.pathways, 1, now)) {
      if (lived === stories) break;
      stop.throwIfAborted();
      await perform(aboutCanary(story), spean);
      await agreeToPrimero(spean, story.caseId);
      lived += 1;
      commands += story.requests.length;
    }
    // Only now: it would act on cases that are still being lived through.
    await stage.worker.start();
    await settle(stage, stop);
    await exchangedAll(stage, stop);
    const tokens = await anHourOfJobs(stage.address);
    return { asking, tokens, stories: lived, commands, succeeded };
  } finally {
    await spean.close();
  }
}

/** The child lets a Primero be told. */
async function agreeToPrimero({ commands, clock }: Spean, caseId: string): Promise<void> {
  const given = { kind: 'CONSENT_SHARING', giver: 'child', manner: 'thumbprint', language: 'km', recipient: 'primero' };
  const command = {
    type: 'GiveConsent',
    data: { consentId: randomUUID(), ...given },
    ...{ occurredAt: clock.now(), precision: 'moment' },
  } as CaseCommand;
  const actor: Actor = { id: worker, roles: ['NGO_CW', 'SYSTEM'], agency: 'ngo-bridge' };
  await commands.execute({ caseId, command, actor, purpose: 'case_management', traceId: 'drill' });
}

const exchangePatienceMs = 60_000;

/** Waits until both systems were told what they are to be told. What they refuse is tried again long after the drill. */
async function exchangedAll(stage: Stage, stop: AbortSignal): Promise<void> {
  const due = 'SELECT FROM exchange_owed WHERE parked_at IS NULL AND attempts = 0 LIMIT 1';
  await stage.asAdmin(async (client) => {
    for (const end = performance.now() + exchangePatienceMs; performance.now() < end;) {
      if ((await client.query(due)).rowCount === 0) return;
      await pause(500, undefined, { signal: stop });
    }
  });
}
