import type { ContactKind } from '#libs/pathways';

import { Code, Flag, Id, OneOf, optional, Words } from '../http/fields.js';
import { Happened } from '../http/happened.js';

const contactKinds = [
  'VISIT',
  'HOME_VISIT',
  'PHONE',
  'OFFICE',
  'PREPARATORY',
  'ATTEMPT',
] as const satisfies readonly ContactKind[];

/** Characters of a telephone number, however it is written. */
export const longestPhone = 40;
/** Characters of a person's name. */
export const longestName = 200;

export class RecordContact extends Happened {
  @Id('Id of the contact; made here when absent', optional)
  contactId?: string;

  @OneOf(contactKinds, 'How contact was made')
  kind!: ContactKind;

  @Flag('Whether anybody was reached')
  reached!: boolean;

  @Code('With whom, by role: `child`, `caregiver`')
  withWhom!: string;

  @Flag('Whether the child was seen alone')
  seenAlone!: boolean;

  @Words('What was said and seen', optional)
  text?: string;

  @Words('Number that was called. It is looked up among the blocked ones and not kept', {
    ...optional,
    longest: longestPhone,
  })
  phone?: string;
}

/** Somebody who must not be contacted about the child. */
export class BlockedPerson {
  @Id('Id of the block; made here when absent', optional)
  blockId?: string;

  @Code('Who, by relation to the child: `father`, `neighbour`')
  who!: string;

  @Words('Name', { ...optional, longest: longestName })
  name?: string;

  @Words('Telephone number to which nothing may ever be sent', { ...optional, longest: longestPhone })
  phone?: string;
}

export class BlockContact extends Happened {
  @Id('Id of the block; made here when absent', optional)
  blockId?: string;

  @Code('Who, by relation to the child: `father`, `neighbour`')
  who!: string;

  @Code('Why, by a code')
  because!: string;

  @Words('Name', { ...optional, longest: longestName })
  name?: string;

  @Words('Telephone number to which nothing may ever be sent', { ...optional, longest: longestPhone })
  phone?: string;
}
