import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { DescribedRequest } from './described-requests.js';
import { runTool } from './tool.js';

export interface SqlmapReport {
  readonly routes: number;
  readonly parameters: number;
  /** Routes whose scan had no time, or did not come to an end. */
  readonly unfinished: readonly string[];
  readonly findings: readonly string[];
}

const atOnce = 2;
const perRouteMs = 60_000;

/** Level 2 looks at cookies as well, risk 1 changes nothing; `--smart` goes on where the first look is of interest. */
const settings = [
  '--batch',
  '--level=2',
  '--risk=1',
  '--smart',
  '--dbms=PostgreSQL',
  '--technique=BEUT',
  '--time-sec=2',
  '--timeout=5',
  '--retries=0',
  '--disable-coloring',
  '--flush-session',
  '--ignore-code=401,404',
];

/** Every place of every route: parts of the address, parameters of the query, members of the body. */
export async function scanForInjection(
  requests: readonly DescribedRequest[],
  address: string,
  folder: string,
  budgetMs: number,
  stop: AbortSignal,
): Promise<SqlmapReport> {
  const until = performance.now() + budgetMs;
  const waiting = requests.map((request, index) => ({ request, file: path.join(folder, `request-${index}.txt`) }));
  const report = { routes: 0, parameters: 0, unfinished: [] as string[], findings: [] as string[] };
  const scanOn = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { request, file } = next;
      if (performance.now() > until || stop.aborted) {
        report.unfinished.push(request.route);
        continue;
      }
      await writeFile(file, asFile(request, address));
      const args = ['-r', file, ...settings, `--output-dir=${path.join(folder, path.basename(file, '.txt'))}`];
      const printed = await runTool('sqlmap', args, perRouteMs, stop);
      if (/ending @/.test(printed)) {
        report.routes += 1;
        report.parameters += request.parameters;
      } else report.unfinished.push(request.route);
      if (/identified the following injection point/.test(printed)) report.findings.push(request.route);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, scanOn));
  return report;
}

/** As a proxy would write it down. A star marks each part of the address that is an id or a code. */
function asFile({ method, url, headers, body = '', route }: DescribedRequest, address: string): string {
  const [, pattern = ''] = route.split(' ');
  const [addressed = '', query] = url.split('?');
  const parts = addressed
    .split('/')
    .map((part, index) => (pattern.split('/')[index]?.startsWith('{') ? `${part}*` : part));
  const marked = query === undefined ? parts.join('/') : `${parts.join('/')}?${query}`;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
  return [`${method} ${marked} HTTP/1.1`, `Host: ${new URL(address).host}`, ...lines, '', String(body)].join('\r\n');
}
