import { Injectable } from '@nestjs/common';

import { contactToken, IndexKeys } from '#libs/privacy';

import { fieldError } from '../http/field-errors.js';
import { invalidFields } from '../http/problem.js';

/** Telephone numbers are compared by keyed tokens: a blocked number is recognised and never read back. */
@Injectable()
export class PhoneTokens {
  constructor(private readonly keys: IndexKeys) {}

  /**
   * The token of a number, to be added to a command.
   *
   * @throws RequestProblem naming the field, when it holds no telephone number: a block that matches nothing protects nobody
   */
  async of(phone: string | undefined, field = 'phone'): Promise<{ token?: string }> {
    if (phone === undefined) return {};
    const token = await contactToken(this.keys, phone);
    if (token === undefined) throw invalidFields(fieldError(field, { code: 'invalid' }));
    return { token };
  }
}
