import type { AuthenticatorAnswer } from '#libs/identities';

import { Answer, Id, Words } from '../http/fields.js';
import { DeviceAsked, longestTyped } from '../sessions/session-requests.js';

export class TotpCode {
  @Words('The six digits that the authenticator app shows', { longest: 10 })
  code!: string;
}

export class PasskeyAnswer {
  @Id('The ceremony that is answered')
  ceremony!: string;

  @Answer('What the authenticator answered, as the browser writes it in JSON')
  answer!: AuthenticatorAnswer;
}

export class PasskeyAdded extends PasskeyAnswer {
  @Words('How its owner calls the authenticator', { longest: 100 })
  title!: string;
}

export class PasswordChange {
  @Words('The present password', { longest: longestTyped })
  current!: string;

  @Words('The new one: 12 to 128 characters of any script', { longest: longestTyped })
  next!: string;
}

export class JoinAsked extends DeviceAsked {
  @Words('What the inviter was told', { longest: 100 })
  invitation!: string;

  @Words('The password from now on: 12 to 128 characters of any script', { longest: longestTyped })
  password!: string;
}
