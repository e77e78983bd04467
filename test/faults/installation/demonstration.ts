import path from 'node:path';

import { demonstrationStaff, loadDemonstration } from '#libs/demonstration';

import { openAccounts } from './entrance.js';
import type { Stage } from './stage.js';

/** Made-up agencies, staff, children and cases of every pathway, in every state. */
export async function fillWithDemonstration(stage: Stage): Promise<void> {
  await loadDemonstration({
    databaseUrl: stage.urls.program,
    masterKeys: { active: { kind: 'file', file: path.join(stage.folder, 'master.key') } },
    seed: 1,
  });
  await stage.asAdmin(openAccounts);
}

/** Somebody of each role of the demonstration. */
export function oneOfEachRole(): string[] {
  const first = new Map(
    demonstrationStaff.flatMap(({ id, roles }) => roles.map((role) => [role, id] as const)).reverse(),
  );
  return [...new Set(first.values())].sort();
}
