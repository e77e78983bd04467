import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { Agencies, type Agency, type Caller as KnownCaller } from '#libs/access';

import { Tells } from '../description/routes.js';
import { list, nullable, oneOf, shape, text } from '../description/schema.js';
import { Caller } from '../http/caller.js';

const agencySchema = shape<Agency>({
  id: text,
  type: text,
  title: text,
  province: nullable(text),
  district: nullable(text),
});

const callerSchema = shape<KnownCaller>(
  {
    id: text,
    agency: text,
    roles: list(text),
    title: text,
    province: text,
    district: text,
    language: oneOf('km', 'en'),
  },
  'province',
  'district',
);

@ApiTags('Directory')
@Controller()
export class DirectoryController {
  constructor(private readonly agencies: Agencies) {}

  @Get('me')
  @Tells('Who the caller is taken for', callerSchema)
  me(@Caller() caller: KnownCaller): KnownCaller {
    return caller;
  }

  @Get('agencies')
  @Tells('Agencies that hold, send or receive cases', list(agencySchema))
  async all(): Promise<Agency[]> {
    return this.agencies.all();
  }
}
