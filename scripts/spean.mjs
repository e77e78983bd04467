// npm run -s spean -- COMMAND: the operator's commands.
import { run } from './prepare.mjs';

await run('apps/cli/src/main.js');
