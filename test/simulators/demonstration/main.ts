// Stand-ins for a Primero and an OSCaR beside a demonstration (`npm start -- --partners`): made-up, in memory, on this
// machine alone. Told by environment where to listen and which secrets open them.
import { setInterval } from 'node:timers';

import type { Clock } from '#libs/calendar';
import { demonstrationAgencies } from '#libs/demonstration';

import { startOscar } from '../oscar/start-oscar.js';
import { startPrimero } from '../primero/start-primero.js';
import { answerWaiting } from './answering.js';

const clock: Clock = { now: () => new Date().toISOString() };
/** Staff over there answer what has waited for so long (milliseconds). */
const answerEveryMs = 10_000;

async function main(): Promise<void> {
  const primero = await startPrimero({
    clock,
    seed: 1,
    port: Number(given('PARTNERS_PRIMERO_PORT')),
    users: [
      { user_name: 'spean', password: given('PARTNERS_PRIMERO_SECRET'), agency: 'agency-mosvy', sees: 'all' },
      ...demonstrationAgencies.map(({ id }) => ({
        user_name: `agency-${id}-user`,
        password: given('PARTNERS_PRIMERO_SECRET'),
        agency: `agency-${id}`,
      })),
    ],
    agencies: demonstrationAgencies.map(({ id, title }) => ({ id: `agency-${id}`, name: title })),
  });
  const oscar = await startOscar({
    clock,
    seed: 1,
    port: Number(given('PARTNERS_OSCAR_PORT')),
    users: [
      {
        id: 1,
        email: 'spean@example.org',
        password: given('PARTNERS_OSCAR_SECRET'),
        first_name: 'Spean',
        last_name: 'Demonstration',
        system: 'Spean',
      },
    ],
    agencies: demonstrationAgencies
      .filter(({ type }) => type === 'ngo')
      .map(({ id, title }, index) => ({ id: index + 1, full_name: title, short_name: id, integrated: true })),
  });
  setInterval(() => answerWaiting(primero, oscar), answerEveryMs);
  process.send?.('ready');
}

function given(variable: string): string {
  const value = process.env[variable];
  if (value === undefined || value === '') throw new Error(`${variable} is missing`);
  return value;
}

await main();
