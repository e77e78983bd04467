import { readFile } from 'node:fs/promises';
import path from 'node:path';

import type { DescribedRequest } from './described-requests.js';
import { runTool } from './tool.js';

export interface WapitiReport {
  readonly addresses: number;
  readonly modules: readonly string[];
  readonly finished: boolean;
  readonly findings: readonly string[];
}

/** Those that need nothing but the program: `ssrf` would wait for a call to a server of wapiti's authors. */
const modules = [
  'crlf',
  'csp',
  'cookieflags',
  'exec',
  'file',
  'http_headers',
  'methods',
  'redirect',
  'sql',
  'xss',
  'xxe',
];

interface Found {
  readonly path: string;
  readonly parameter: string | null;
  readonly info: string;
}

/** All that can be read, each with its parameters; and the pages that the program shows. */
export async function scanPages(
  requests: readonly DescribedRequest[],
  address: string,
  folder: string,
  budgetMs: number,
  stop: AbortSignal,
): Promise<WapitiReport> {
  const readable = requests.filter(({ method }) => method === 'GET').map(({ url }) => `${address}${url}`);
  const headers = Object.entries(requests[0]?.headers ?? {}).flatMap(([name, value]) => [
    '-H',
    `${name}: ${String(value)}`,
  ]);
  const output = path.join(folder, 'wapiti.json');
  const args = [
    ...['-u', `${address}/docs`, '--scope', 'domain', '-d', '2', '-m', modules.join(','), '-f', 'json', '-o', output],
    ...[
      '--flush-session',
      '--no-bugreport',
      '--store-session',
      folder,
      '--max-scan-time',
      String(budgetMs / 1_000 - 30),
    ],
    ...[...headers, ...readable.flatMap((url) => ['-s', url])],
  ];
  await runTool('wapiti', args, budgetMs, stop);
  const report = await readFile(output, 'utf8').then(
    (text) => JSON.parse(text) as { vulnerabilities: Record<string, Found[]> },
    () => undefined,
  );
  // Helmet switches the old filter of browsers off, because it could itself be used against a page.
  const isHarmless = ({ info }: Found) => info === 'X-XSS-Protection is not set';
  const found = Object.entries(report?.vulnerabilities ?? {});
  return {
    addresses: readable.length + 1,
    modules,
    finished: report !== undefined,
    findings: found.flatMap(([kind, each]) =>
      each
        .filter((one) => !isHarmless(one))
        .map(({ path: at, parameter, info }) => `${kind}: ${at} ${parameter ?? ''} ${info}`),
    ),
  };
}
