/** How a number is known: found in a source, well known, or a default. */
export type Tag = 'SOURCE' | 'KNOWN' | 'KNOWN(verify)' | 'ASSUMED' | 'ASSUMED(verify)' | 'SOURCE+ASSUMED';

/** Where a number or rule comes from, and whether counsel or the ministry has confirmed it. */
export interface Sourced {
  /** Source of the numbers, in words. */
  basis: string;
  tag: Tag;
  /** Until it is true the numbers are shown as unconfirmed. */
  confirmed: boolean;
}
