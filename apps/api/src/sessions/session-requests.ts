import { longestPassword, type AuthenticatorAnswer, type Proof } from '#libs/identities';

import { fieldError } from '../http/field-errors.js';
import { Answer, Code, Flag, Id, optional, Words } from '../http/fields.js';
import { invalidFields } from '../http/problem.js';

/** In UTF-16 units: a character outside the basic plane takes two, and one that is decomposed takes several. */
export const longestTyped = longestPassword * 8;

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

export class PasskeySignInAsked extends DeviceAsked {
  @Id('The ceremony that is answered')
  ceremony!: string;

  @Answer('What the authenticator answered, as the browser writes it in JSON')
  answer!: AuthenticatorAnswer;
}

export class ProofGiven {
  @Words('The six digits that an authenticator app shows', { ...optional, longest: 10 })
  code?: string;

  @Words('One of the recovery codes; it counts once', { ...optional, longest: 40 })
  recoveryCode?: string;

  @Words('The password; in a demonstration alone', { ...optional, longest: longestTyped })
  password?: string;
}

/** @throws RequestProblem unless exactly one is given */
export function proofIn({ code, recoveryCode, password }: ProofGiven): Proof {
  const given: Proof[] = [
    ...(code === undefined ? [] : [{ kind: 'code', code } as const]),
    ...(recoveryCode === undefined ? [] : [{ kind: 'recovery_code', code: recoveryCode } as const]),
    ...(password === undefined ? [] : [{ kind: 'password', password } as const]),
  ];
  const [proof] = given;
  if (proof === undefined || given.length > 1) {
    const message = { en: 'must be given, and no other proof with it', km: 'ត្រូវផ្តល់ ហើយតែមួយប៉ុណ្ណោះ' };
    throw invalidFields(fieldError('code', { code: 'missing', message }));
  }
  return proof;
}
