// npm start: everything a running Spean needs, from a fresh clone on.
import { run } from './prepare.mjs';

process.argv.splice(2, 0, 'start');
await run('apps/cli/src/main.js');
