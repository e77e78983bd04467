import { describe, expect, it } from '@jest/globals';
import { loadPathways } from '#libs/pathway-files';
import { planTiny } from './plan.js';

const pathways = loadPathways();
const now = '2026-11-24T03:00:00.000Z';

describe('plan', () => {
  it('x', () => {
    const started = performance.now();
    const plan = planTiny(pathways, 1, now);
    console.log(
      performance.now() - started,
      plan.length,
      plan.map((s) => `${s.requests.length} ${s.requests[0]?.at.slice(0, 10)}`).join('; '),
    );
  }, 200_000);
});
