import { openSpean, type Spean } from '#libs/composition';
import { readConfiguration, type Configuration } from '#libs/configuration';
import { migrate, withDatabase } from '#libs/database';

/**
 * Opens the program's parts for one command, on the embedded database of this checkout if no other is named. A database
 * that is new gets its schema first, so that a command works on an empty folder.
 */
export async function withSpean<Result>(
  work: (spean: Spean, configuration: Configuration) => Promise<Result>,
): Promise<Result> {
  const configuration = readConfiguration(process.env);
  return withDatabase(configuration, async (urls) => {
    if (configuration.environment !== 'production') await migrate(urls.migrator);
    const spean = await openSpean({
      databaseUrl: urls.program,
      masterKeys: configuration.masterKeys,
      erasureLedger: configuration.erasureLedger,
      attachments: configuration.attachments,
      mayCreateMasterKey: configuration.environment !== 'production',
    });
    try {
      return await work(spean, configuration);
    } finally {
      await spean.close();
    }
  });
}
