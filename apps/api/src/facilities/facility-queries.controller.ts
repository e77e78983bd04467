import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import type { Caller as KnownCaller } from '#libs/access';
import { FacilityQueries, type FacilityView, type Page } from '#libs/read-models';

import { KnownThen, Paged, Tells, versionHeader } from '../description/routes.js';
import { pageOf, text } from '../description/schema.js';
import { Caller } from '../http/caller.js';
import { Code, optional } from '../http/fields.js';
import { found } from '../http/found.js';
import { momentOf, MomentAsked, PageAsked, readPage, TimelineAsked } from '../http/read-requests.js';
import { shown } from '../http/shown.js';
import {
  duplicateSchema,
  duplicateView,
  facilitySchema,
  facilityTaskSchema,
  facilityTaskView,
  occupancySchema,
  occupancyView,
  residentSchema,
  residentView,
  type DuplicateView,
  type FacilityTaskView,
  type OccupancyView,
  type ResidentView,
} from './facility-views.js';
import { FacilityPipe } from './facility.pipe.js';

class FacilitiesAsked extends TimelineAsked {
  @Code('Only facilities in this state', optional)
  state?: string;

  @Code('Only facilities of this kind', optional)
  type?: string;

  @Code('Only facilities in this province, by its two digits', optional)
  province?: string;
}

const Filter = (name: string, description: string): MethodDecorator =>
  ApiQuery({ name, required: false, description, schema: text });

/** The register of facilities. Names and addresses are opened for the one facility that is asked for. */
@ApiTags('Facilities')
@Controller('facilities')
export class FacilityQueriesController {
  constructor(private readonly facilities: FacilityQueries) {}

  @Get()
  @Paged()
  @KnownThen()
  @Filter('state', 'Only facilities in this state')
  @Filter('type', 'Only facilities of this kind')
  @Filter('province', 'Only facilities in this province')
  @Tells('Facilities with how many children live there, now or at a past moment', pageOf(occupancySchema))
  async list(@Query() asked: FacilitiesAsked, @Caller() caller: KnownCaller): Promise<Page<OccupancyView>> {
    const { state, type, province } = asked;
    const filter = {
      ...(state === undefined ? {} : { state }),
      ...(type === undefined ? {} : { type }),
      ...(province === undefined ? {} : { province }),
    };
    return shown(
      await readPage(asked, (part) => this.facilities.list(caller, filter, part, momentOf(asked))),
      occupancyView,
    );
  }

  @Get('overcrowded')
  @Paged()
  @KnownThen()
  @Tells('Facilities with more children than they are made for, the worst first', pageOf(occupancySchema))
  async overcrowded(@Query() asked: TimelineAsked, @Caller() caller: KnownCaller): Promise<Page<OccupancyView>> {
    return shown(
      await readPage(asked, (part) => this.facilities.overcrowded(caller, part, momentOf(asked))),
      occupancyView,
    );
  }

  @Get('tasks')
  @Paged()
  @Tells('Open deadlines of facilities, the most urgent first', pageOf(facilityTaskSchema))
  async tasks(@Query() page: PageAsked, @Caller() caller: KnownCaller): Promise<Page<FacilityTaskView>> {
    return shown(await readPage(page, (part) => this.facilities.tasks(caller, part)), facilityTaskView);
  }

  @Get('inspections-overdue')
  @Paged()
  @Tells('Facilities whose inspection is overdue, the longest first', pageOf(facilityTaskSchema))
  async inspectionsOverdue(@Query() page: PageAsked, @Caller() caller: KnownCaller): Promise<Page<FacilityTaskView>> {
    return shown(await readPage(page, (part) => this.facilities.inspectionsOverdue(caller, part)), facilityTaskView);
  }

  @Get('unregistered')
  @Paged()
  @Tells('Facilities found without being registered, which wait to be followed up', pageOf(facilityTaskSchema))
  async unregistered(@Query() page: PageAsked, @Caller() caller: KnownCaller): Promise<Page<FacilityTaskView>> {
    return shown(await readPage(page, (part) => this.facilities.unregistered(caller, part)), facilityTaskView);
  }

  @Get('possible-duplicates')
  @Paged()
  @Tells('Pairs of facilities that may be one: same village, or same district and kind', pageOf(duplicateSchema))
  async duplicates(@Query() page: PageAsked, @Caller() caller: KnownCaller): Promise<Page<DuplicateView>> {
    return shown(await readPage(page, (part) => this.facilities.duplicates(caller, part)), duplicateView);
  }

  @Get(':facility')
  @KnownThen()
  @Tells('A facility by its id or code with everything that is known of it, opened', facilitySchema, versionHeader)
  async view(
    @Param('facility', FacilityPipe) facilityId: string,
    @Query() asked: MomentAsked,
    @Caller() caller: KnownCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FacilityView> {
    const view = found(await this.facilities.find(facilityId, caller, momentOf(asked)));
    void reply.header('etag', `"${view.version}"`);
    return view;
  }

  @Get(':facility/residents')
  @Paged()
  @Tells(
    'Cases of the children who live or are held there, as far as the caller answers for them',
    pageOf(residentSchema),
  )
  async residents(
    @Param('facility', FacilityPipe) facilityId: string,
    @Query() page: PageAsked,
    @Caller() caller: KnownCaller,
  ): Promise<Page<ResidentView>> {
    const residents = await readPage(page, (part) => this.facilities.residents(facilityId, caller, part));
    return shown(found(residents), residentView);
  }
}
