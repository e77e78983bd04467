// npm run bench -- NAME --json
import { run } from './prepare.mjs';

await run('test/benchmarks/main.js');
