import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import type { Caller as KnownCaller } from '#libs/access';
import { ServiceRegister, type MadeKey, type ServiceAccount } from '#libs/identities';

import { Does, Tells } from '../description/routes.js';
import { instant, list, nullable, shape, text, uuid, whole } from '../description/schema.js';
import { KnownAgencies } from '../directory/known-agencies.js';
import { Caller, Recently } from '../http/caller.js';
import { CodePipe } from '../http/code.pipe.js';
import { NewServiceAsked } from './service-requests.js';

const accountSchema = shape<ServiceAccount>({
  id: text,
  agency: text,
  title: text,
  scopes: list(text),
  addresses: list(text),
  dailyRecords: whole,
  frozenAt: nullable(instant),
});

const keySchema = shape<MadeKey>({
  id: uuid,
  key: { ...text, description: 'Told once; to be sent as `Authorization: Bearer …`' },
  previousUntil: { ...nullable(instant), description: 'When the key before it counts no more' },
});

/** Programs that call on behalf of an agency: kept by its supervisors and by the national office. */
@ApiTags('Service accounts')
@Controller('service-accounts')
export class ServiceAccountsController {
  constructor(
    private readonly register: ServiceRegister,
    private readonly agencies: KnownAgencies,
  ) {}

  @Get()
  @Tells('Service accounts that the caller administers', list(accountSchema))
  async all(@Caller() caller: KnownCaller): Promise<ServiceAccount[]> {
    return this.register.of(caller);
  }

  @Post()
  @Recently()
  @Does('Open an account for a program; its first key is told once', { status: 201, schema: keySchema })
  async open(@Body() body: NewServiceAsked, @Caller() caller: KnownCaller): Promise<MadeKey> {
    const { agency = caller.agency, addresses = [], ...service } = body;
    await this.agencies.assert('agency', agency);
    return this.register.open({ ...service, agency, addresses }, caller);
  }

  @Post(':id/keys')
  @Recently()
  @Does('Make the key that follows the present one, which counts for seven days still', {
    status: 201,
    schema: keySchema,
  })
  async rotate(@Param('id', CodePipe) id: string, @Caller() caller: KnownCaller): Promise<MadeKey> {
    return this.register.rotate(id, caller);
  }

  @Delete(':id/keys/old')
  @Recently()
  @Does('Withdraw every key but the newest at once')
  async withdraw(@Param('id', CodePipe) id: string, @Caller() caller: KnownCaller): Promise<void> {
    await this.register.withdrawOldKeys(id, caller);
  }

  @Post(':id/unfreezing')
  @Recently()
  @Does('Let a program go on that went beyond its budget, after a person has looked why')
  async unfreeze(@Param('id', CodePipe) id: string, @Caller() caller: KnownCaller): Promise<void> {
    await this.register.unfreeze(id, caller);
  }

  @Delete(':id')
  @Recently()
  @Does('Close the account of a program')
  async close(@Param('id', CodePipe) id: string, @Caller() caller: KnownCaller): Promise<void> {
    await this.register.close(id, caller);
  }
}
