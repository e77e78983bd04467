import { readFileSync, existsSync } from 'node:fs';
import { it } from '@jest/globals';
import { readCommon, readPathway } from './index.js';
it('lints', () => {
  const dir = 'libs/pathways/definitions/';
  const common = readCommon(readFileSync(dir + 'common.yaml', 'utf8'));
  process.stdout.write(JSON.stringify(common.findings) + '\n');
  for (const f of ['diversion', 'reintegration', 'ocsea']) {
    if (!existsSync(dir + f + '.yaml')) continue;
    const j = readPathway(readFileSync(dir + f + '.yaml', 'utf8'), common.definition!);
    const d = j.definition;
    process.stdout.write(
      f +
        ' ' +
        j.findings.length +
        ' ' +
        (d ? [Object.keys(d.states).length, d.transitions.length, Object.keys(d.deadlines).length].join(' ') : '') +
        '\n',
    );
    for (const x of j.findings.slice(0, 60)) process.stdout.write(`  ${x.line} ${x.code} ${x.path} ${x.message.en}\n`);
  }
});
