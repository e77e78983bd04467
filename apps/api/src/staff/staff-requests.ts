import { Code, Codes, OneOf, optional, Words } from '../http/fields.js';

export class NewMemberAsked {
  @Code('Id of the member of staff, by which they sign in')
  id!: string;

  @Code("Agency; the caller's own when absent", optional)
  agency?: string;

  @Codes('What they do')
  roles!: string[];

  @Words('How the office calls the post, never the name of a child', { longest: 200 })
  title!: string;

  @Words('Where notices are mailed to', { ...optional, longest: 254 })
  email?: string;

  @OneOf(['km', 'en'], 'Language of notices', optional)
  language?: 'km' | 'en';
}

export class RolesGiven {
  @Codes('What they do from now on')
  roles!: string[];
}

export class IdentityLinked {
  @Words('Who they are at the identity provider: its subject (`sub`), never an address', { longest: 255 })
  subject!: string;
}

export class LeavingAsked {
  @Code('Member of staff of the same agency who keeps the open cases from now on')
  successor!: string;
}
