import type { Spean } from '#libs/composition';

/** What taking records in and putting them together needs of the program. */
export type ExchangeParts = Pick<
  Spean,
  'database' | 'context' | 'clock' | 'calendar' | 'codes' | 'sealer' | 'commands' | 'pathways'
>;
