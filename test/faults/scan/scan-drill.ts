import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { WrongCall, type Drill } from '../drill.js';
import { askOverHttp } from '../fuzz/over-http.js';
import { signedIn } from '../installation/credentials.js';
import { fillWithDemonstration } from '../installation/demonstration.js';
import { Stage } from '../installation/stage.js';
import { describedRequests } from './described-requests.js';
import { scanForInjection } from './sqlmap.js';
import { assertInstalled } from './tool.js';
import { scanPages } from './wapiti.js';

const minute = 60_000;
/** Both scanners together end within ten minutes; what was not looked at is told. */
const budgets = { wapiti: 2.5 * minute, sqlmap: 6 * minute };
/** A social worker of the province with the most cases, who may read and change a lot. */
const scanner = 'osvy-1202-a';

/** Lets two scanners of strangers loose on the program, on this machine alone: they must find nothing. */
export const scanDrill: Drill = async (args, { say, stop }) => {
  if (args.length > 0) throw new WrongCall('Usage: npm run drill -- scan --json');
  assertInstalled('sqlmap', 'wapiti');
  const started = performance.now();
  say('starting database, API and worker, and filling them with the demonstration');
  const stage = await Stage.open('postgresql');
  const folder = await mkdtemp(path.join(tmpdir(), 'spean-scan-'));
  const { ask, close } = askOverHttp(stage.address, 2);
  try {
    await fillWithDemonstration(stage);
    await stage.start();
    const [credentials = {}] = await signedIn(stage, [scanner]);
    const requests = await describedRequests(ask, credentials);
    say(`wapiti looks at what can be read; then sqlmap at ${requests.length} routes`);
    const wapiti = await scanPages(requests, stage.address, folder, budgets.wapiti, stop);
    const sqlmap = await scanForInjection(requests, stage.address, folder, budgets.sqlmap, stop);
    for (const each of [...wapiti.findings, ...sqlmap.findings]) say(`found: ${each}`);
    const looked = wapiti.finished && sqlmap.routes > requests.length / 2;
    const clean = wapiti.findings.length + sqlmap.findings.length === 0;
    const seconds = Math.round((performance.now() - started) / 1_000);
    return { passed: looked && clean, report: { routes: requests.length, wapiti, sqlmap, seconds } };
  } finally {
    close();
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  }
};
