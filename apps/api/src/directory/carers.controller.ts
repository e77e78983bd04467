import { Body, Controller, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { CarerDirectory, type CarerEntry, type CarerWords, type DirectoryChange } from '#libs/directories';
import type { Page } from '#libs/read-models';

import { Paged, Records, Tells, versionHeader } from '../description/routes.js';
import { pageOf, text } from '../description/schema.js';
import { Asked, mintId, type AskedBy } from '../http/asked.js';
import { found } from '../http/found.js';
import { IdPipe } from '../http/id.pipe.js';
import { readPage } from '../http/read-requests.js';
import { Recorded } from '../http/recorded.js';
import { CarersAsked, ChangeCarer, RegisterCarer } from './carer-requests.js';
import { carerSchema, changesSchema, openedCarerSchema } from './directory-views.js';
import { KnownCodes } from './known-codes.js';

/** Foster and kinship carers. Who they are and where they live is sealed, and opened for one of them at a time. */
@ApiTags('Directory')
@Controller('directory/carers')
export class CarersController {
  constructor(
    private readonly carers: CarerDirectory,
    private readonly codes: KnownCodes,
  ) {}

  @Get()
  @Paged()
  @ApiQuery({ name: 'kind', required: false, schema: text, description: 'Kind of care' })
  @ApiQuery({ name: 'province', required: false, schema: text, description: 'Province' })
  @ApiQuery({ name: 'district', required: false, schema: text, description: 'District' })
  @ApiQuery({ name: 'language', required: false, schema: text, description: 'Language spoken at home' })
  @Tells('Carers without their names and addresses', pageOf(carerSchema))
  async list(@Query() asked: CarersAsked): Promise<Page<CarerEntry>> {
    const { limit: _, cursor: __, ...filter } = asked;
    return readPage(asked, (page) => this.carers.list(filter, page));
  }

  @Post()
  @Records('Register a carer who was assessed and approved', { created: true })
  async register(@Body() body: RegisterCarer, @Asked() asked: AskedBy): Promise<Recorded> {
    const { carerId = mintId(asked.idempotency), identity, location, synthetic = false, ...told } = body;
    await this.codes.assert(told);
    const details = { ...told, languages: told.languages ?? ['km'], paused: told.paused ?? false };
    const words = { identity: identity ?? {}, location: location ?? {} };
    const answer = found(await this.carers.register(asked, carerId, details, words, synthetic));
    return new Recorded(answer).at('/api/v1/directory/carers');
  }

  @Get(':carerId')
  @Tells('A carer with what is sealed, opened', openedCarerSchema, versionHeader)
  async view(
    @Param('carerId', IdPipe) carerId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CarerEntry & CarerWords> {
    const carer = found(await this.carers.open(carerId));
    void reply.header('etag', `"${carer.version}"`);
    return carer;
  }

  @Patch(':carerId')
  @Records('Change what is known of a carer: what is given replaces what was known')
  async change(
    @Param('carerId', IdPipe) carerId: string,
    @Body() body: ChangeCarer,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    const { identity, location, ...told } = body;
    await this.codes.assert(told);
    const words = {
      ...(identity === undefined ? {} : { identity }),
      ...(location === undefined ? {} : { location }),
    };
    return new Recorded(found(await this.carers.change(asked, carerId, told, words)));
  }

  @Get(':carerId/changes')
  @Tells('Who changed what, oldest first; of what is sealed the names of the fields alone', changesSchema)
  async changes(@Param('carerId', IdPipe) carerId: string): Promise<DirectoryChange[]> {
    const changes = await this.carers.changes(carerId);
    return found(changes.length === 0 ? undefined : changes);
  }
}
