import { Body, Controller, Delete, Get, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { Passkeys, type Passkey, type PasskeyAsked, type Session } from '#libs/identities';

import { Does, Tells } from '../description/routes.js';
import { instant, list, nullable, shape, text } from '../description/schema.js';
import { AlsoAt, CallersSession, Recently } from '../http/caller.js';
import { PasskeyAdded } from './account-requests.js';
import { askedSchema, enrolledSchema, enrolledView, type EnrolledView } from './account-views.js';

const passkeySchema = shape<Passkey>({ id: text, title: text, addedAt: instant, usedAt: nullable(instant) });

/** Passkeys of the caller. */
@ApiTags('Accounts')
@Controller('accounts/me/passkeys')
export class PasskeysController {
  constructor(private readonly passkeys: Passkeys) {}

  @Get()
  @Tells("The caller's passkeys", list(passkeySchema))
  async all(@CallersSession() { staffId }: Session): Promise<Passkey[]> {
    return this.passkeys.of(staffId);
  }

  @Post('options')
  @AlsoAt('enrolment')
  @Recently()
  @Does('Ask what to tell an authenticator to make a passkey', { status: 201, schema: askedSchema })
  async ask(@CallersSession() session: Session): Promise<PasskeyAsked> {
    return this.passkeys.askToEnrol(session);
  }

  @Post()
  @AlsoAt('enrolment')
  @Recently()
  @Does('Add a passkey; the first factor brings ten recovery codes, told once', { status: 201, schema: enrolledSchema })
  async add(
    @Body() { title, ...answered }: PasskeyAdded,
    @CallersSession() session: Session,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EnrolledView> {
    return enrolledView(await this.passkeys.enrol(session, answered, title), reply);
  }

  @Delete(':id')
  @Recently()
  @Does('Remove a passkey, where there is another second factor')
  async remove(@Param('id') id: string, @CallersSession() session: Session): Promise<void> {
    await this.passkeys.remove(session, id);
  }
}
