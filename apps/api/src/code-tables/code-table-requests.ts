import { Count, Rows, Words } from '../http/fields.js';

/** All rows of a code table beside those that are shipped, or in their place. */
export class ChangeCodes {
  @Rows(
    'Rows: services `code, type, name, uuid`; agencies `agency, primero, oscar`; statuses `word, state`; provinces `province, user`',
  )
  entries!: object[];

  @Words('Why they change', { longest: 500 })
  reason!: string;

  @Count('Version that was changed; 0 while only shipped rows are there', 1_000_000)
  after!: number;
}
