// npm run drill -- NAME --json
import { run } from './prepare.mjs';

await run('test/faults/main.js');
