import type { Command } from 'commander';
import { readConfiguration } from '#libs/configuration';
import { migrate, withDatabase } from '#libs/database';

export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description('brings the database to the newest schema; prints the names of the migrations it ran')
    .action(async () => {
      const migrations = await withDatabase(readConfiguration(process.env), ({ migrator }) => migrate(migrator));
      process.stdout.write(`${JSON.stringify({ migrations })}\n`);
    });
}
