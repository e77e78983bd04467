import { longestPassword } from '#libs/identities';

import { Code, Flag, optional, Words } from '../http/fields.js';

/** In UTF-16 units: a character outside the basic plane takes two, and one that is decomposed takes several. */
const longestTyped = longestPassword * 8;

export class DeviceAsked {
  @Words('How its owner calls the device, to find it again among the sessions', { ...optional, longest: 100 })
  device?: string;

  @Flag('Whether a browser asks: the token then travels in a cookie, and changes need the CSRF header', optional)
  browser?: boolean;
}

export class SignInAsked extends DeviceAsked {
  @Code('Id of the member of staff')
  account!: string;

  @Words('The password', { longest: longestTyped })
  password!: string;
}
