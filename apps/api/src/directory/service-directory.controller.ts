import { Body, Controller, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { ServiceDirectory, type DirectoryChange, type ServiceEntry } from '#libs/directories';
import { ExchangeCodes } from '#libs/code-tables';
import type { KnownService } from '#libs/interop';
import type { Page } from '#libs/read-models';

import { Paged, Records, Tells, versionHeader } from '../description/routes.js';
import { list, pageOf, text } from '../description/schema.js';
import { Asked, mintId, type AskedBy } from '../http/asked.js';
import { found } from '../http/found.js';
import { IdPipe } from '../http/id.pipe.js';
import { readPage } from '../http/read-requests.js';
import { Recorded } from '../http/recorded.js';
import { changesSchema, knownServiceSchema, serviceSchema } from './directory-views.js';
import { KnownAgencies } from './known-agencies.js';
import { KnownCodes } from './known-codes.js';
import { ChangeService, OfferService, ServicesAsked } from './service-requests.js';

/** Which agency gives which service, where and to how many children. Kept by administrators, each change with its trace. */
@ApiTags('Directory')
@Controller('directory')
export class ServiceDirectoryController {
  constructor(
    private readonly services: ServiceDirectory,
    private readonly agencies: KnownAgencies,
    private readonly codes: KnownCodes,
    private readonly exchangeCodes: ExchangeCodes,
  ) {}

  @Get('service-codes')
  @Tells('Every service that can be offered or asked for, by its code', list(knownServiceSchema))
  async known(): Promise<KnownService[]> {
    return [...(await this.exchangeCodes.inForce()).services.known.values()];
  }

  @Get('services')
  @Paged()
  @ApiQuery({ name: 'service', required: false, schema: text, description: 'Service' })
  @ApiQuery({ name: 'agency', required: false, schema: text, description: 'Agency' })
  @ApiQuery({ name: 'province', required: false, schema: text, description: 'Province of which a part is served' })
  @ApiQuery({ name: 'district', required: false, schema: text, description: 'District that is served' })
  @ApiQuery({ name: 'language', required: false, schema: text, description: 'Language in which it is given' })
  @Tells('Services that agencies offer, by service and agency', pageOf(serviceSchema))
  async list(@Query() asked: ServicesAsked): Promise<Page<ServiceEntry>> {
    const { limit: _, cursor: __, ...filter } = asked;
    return readPage(asked, (page) => this.services.list(filter, page));
  }

  @Post('services')
  @Records('Enter a service that an agency offers', { created: true })
  async offer(@Body() body: OfferService, @Asked() asked: AskedBy): Promise<Recorded> {
    const { entryId = mintId(asked.idempotency), ...told } = body;
    await this.codes.assert(told);
    await this.agencies.assert('agency', told.agency);
    const details = {
      ...told,
      provinces: told.provinces ?? [],
      districts: told.districts ?? [],
      languages: told.languages ?? ['km'],
      interpreter: told.interpreter ?? false,
      endsOn: told.endsOn ?? null,
      paused: told.paused ?? false,
    };
    const answer = found(await this.services.add(asked, entryId, details));
    return new Recorded(answer).at('/api/v1/directory/services');
  }

  @Get('services/:entryId')
  @Tells('One entry', serviceSchema, versionHeader)
  async view(
    @Param('entryId', IdPipe) entryId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ServiceEntry> {
    const entry = found(await this.services.find(entryId));
    void reply.header('etag', `"${entry.version}"`);
    return entry;
  }

  @Patch('services/:entryId')
  @Records('Change an entry: what is given replaces what was known')
  async change(
    @Param('entryId', IdPipe) entryId: string,
    @Body() body: ChangeService,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    await this.codes.assert(body);
    return new Recorded(found(await this.services.change(asked, entryId, body)));
  }

  @Get('services/:entryId/changes')
  @Tells('Who changed what in the entry, oldest first', changesSchema)
  async changes(@Param('entryId', IdPipe) entryId: string): Promise<DirectoryChange[]> {
    const changes = await this.services.changes(entryId);
    return found(changes.length === 0 ? undefined : changes);
  }
}
