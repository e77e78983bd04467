import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { policyPage, policyPagePath } from '#libs/access';
import { checkoutDirectory } from '#libs/configuration';

/** `spean access …`: the policy of who may see and do what. */
export function addAccess(program: Command): void {
  program
    .command('access')
    .description('the access policy')
    .command('document')
    .description(`rewrite ${policyPagePath} from the policy`)
    .action(() => {
      writeFileSync(path.join(checkoutDirectory(), policyPagePath), policyPage());
      process.stderr.write(`wrote ${policyPagePath}\n`);
    });
}
