import { Body, Controller, Delete, Post, Put, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { Factors, Passwords, type OfferedTotp, type Session } from '#libs/identities';

import { Does } from '../description/routes.js';
import { list, text } from '../description/schema.js';
import { AlsoAt, CallersSession, Recently } from '../http/caller.js';
import { PasswordChange, TotpCode } from './account-requests.js';
import { enrolledSchema, enrolledView, totpSchema, type EnrolledView } from './account-views.js';

/** What members of staff change about their own way in. */
@ApiTags('Accounts')
@Controller('accounts/me')
export class OwnAccountController {
  constructor(
    private readonly factors: Factors,
    private readonly passwords: Passwords,
  ) {}

  @Post('totp')
  @AlsoAt('enrolment')
  @Recently()
  @Does('Ask for a secret for an authenticator app; it counts once it is confirmed', {
    status: 201,
    schema: totpSchema,
  })
  async offerTotp(@CallersSession() session: Session): Promise<OfferedTotp> {
    return this.factors.offerTotp(session);
  }

  @Post('totp/confirmation')
  @AlsoAt('enrolment')
  @Recently()
  @Does('Confirm the secret with a code; the first factor brings ten recovery codes, told once', {
    status: 200,
    schema: enrolledSchema,
  })
  async confirmTotp(
    @Body() { code }: TotpCode,
    @CallersSession() session: Session,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EnrolledView> {
    return enrolledView(await this.factors.confirmTotp(session, code), reply);
  }

  @Delete('totp')
  @Recently()
  @Does('Remove the authenticator app, where there is another second factor')
  async removeTotp(@CallersSession() session: Session): Promise<void> {
    await this.factors.removeTotp(session);
  }

  @Post('recovery-codes')
  @Recently()
  @Does('Make ten new recovery codes, told once; the old ones count no more', { status: 201, schema: list(text) })
  async newRecoveryCodes(@CallersSession() session: Session): Promise<string[]> {
    return this.factors.newRecoveryCodes(session);
  }

  @Put('password')
  @Recently()
  @Does('Change the password; all other sessions end')
  async changePassword(@Body() body: PasswordChange, @CallersSession() session: Session): Promise<void> {
    await this.passwords.change(session, body);
  }
}
