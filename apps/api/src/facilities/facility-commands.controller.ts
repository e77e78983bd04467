import { Body, Controller, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { parseInstant } from '#libs/calendar';
import { facilityIdOf } from '#libs/case-log';

import { ExtendDeadline } from '../deadlines/deadline-requests.js';
import { Records } from '../description/routes.js';
import { KnownAgencies } from '../directory/known-agencies.js';
import { Asked, mintId, type AskedBy } from '../http/asked.js';
import { CodePipe } from '../http/code.pipe.js';
import { CommandDesk } from '../http/command-desk.js';
import { withoutTime } from '../http/happened.js';
import { IdPipe } from '../http/id.pipe.js';
import type { Recorded } from '../http/recorded.js';
import { facilityCodeFor } from './facility-code.js';
import {
  AccuseFacility,
  ChangeFacilityDetails,
  ClearFacility,
  MoveFacility,
  RecordInspection,
  RegisterFacility,
  ReportUnregisteredFacility,
  SetClosingDate,
} from './facility-requests.js';
import { FacilityPipe } from './facility.pipe.js';

const collection = '/api/v1/facilities';

@ApiTags('Facilities')
@Controller('facilities')
export class FacilityCommandsController {
  constructor(
    private readonly desk: CommandDesk,
    private readonly agencies: KnownAgencies,
  ) {}

  @Post()
  @Records('Enter a facility in the register', { created: true })
  async register(@Body() body: RegisterFacility, @Asked() asked: AskedBy): Promise<Recorded> {
    const data = { ...withoutTime(body), ...(await this.answering(body, asked)) };
    return (await this.desk.onFacility(facilityIdOf(body.code), 'RegisterFacility', data, body, asked)).at(collection);
  }

  @Post('reports')
  @Records('Report a facility that nobody registered', { created: true })
  async report(@Body() body: ReportUnregisteredFacility, @Asked() asked: AskedBy): Promise<Recorded> {
    const { code = facilityCodeFor(mintId(asked.idempotency)), ...rest } = withoutTime(body);
    const data = { ...rest, code, ...(await this.answering(body, asked)) };
    const recorded = await this.desk.onFacility(facilityIdOf(code), 'ReportUnregisteredFacility', data, body, asked);
    return recorded.at(collection);
  }

  @Post(':facility/moves')
  @Records('Move a facility from one state to another')
  async move(
    @Param('facility', FacilityPipe) facilityId: string,
    @Body() body: MoveFacility,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onFacility(facilityId, 'MoveFacility', withoutTime(body), body, asked);
  }

  @Post(':facility/inspections')
  @Records('Record an inspection', { created: true })
  async inspect(
    @Param('facility', FacilityPipe) facilityId: string,
    @Body() body: RecordInspection,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    const inspectionId = body.inspectionId ?? mintId(asked.idempotency);
    const { inspector = asked.actor.id, findings = [], ...rest } = withoutTime(body);
    const data = { ...rest, inspectionId, inspector, findings };
    return this.desk.onFacility(facilityId, 'RecordInspection', data, body, asked, inspectionId);
  }

  @Patch(':facility')
  @Records('Change what is known of a facility')
  async change(
    @Param('facility', FacilityPipe) facilityId: string,
    @Body() body: ChangeFacilityDetails,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    if (body.agency !== undefined) await this.agencies.assert('agency', body.agency);
    return this.desk.onFacility(facilityId, 'ChangeFacilityDetails', withoutTime(body), body, asked);
  }

  @Post(':facility/accusations')
  @Records(
    'Record an allegation against a facility or its director: its people lose sight of every child there at once',
    {
      created: true,
    },
  )
  async accuse(
    @Param('facility', FacilityPipe) facilityId: string,
    @Body() body: AccuseFacility,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    const accusationId = body.accusationId ?? mintId(asked.idempotency);
    const data = { accusationId, text: body.text };
    return this.desk.onFacility(facilityId, 'AccuseFacility', data, body, asked, accusationId);
  }

  @Post(':facility/accusations/:accusationId/clearance')
  @Records('Record that an allegation is settled, as a second person')
  async clear(
    @Param('facility', FacilityPipe) facilityId: string,
    @Param('accusationId', IdPipe) accusationId: string,
    @Body() body: ClearFacility,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onFacility(facilityId, 'ClearFacility', { accusationId, reason: body.reason }, body, asked);
  }

  @Post(':facility/closing-date')
  @Records('Set the day on which a facility closes')
  async setClosingDate(
    @Param('facility', FacilityPipe) facilityId: string,
    @Body() body: SetClosingDate,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onFacility(facilityId, 'SetClosingDate', { closesOn: body.closesOn }, body, asked);
  }

  @Post(':facility/deadlines/:deadline/extension')
  @Records('Extend a deadline of a facility once, as a supervisor, with a reason')
  async extend(
    @Param('facility', FacilityPipe) facilityId: string,
    @Param('deadline', CodePipe) deadline: string,
    @Body() body: ExtendDeadline,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    const data = { deadline, until: parseInstant(body.until), reason: body.reason };
    return this.desk.onFacility(facilityId, 'ExtendDeadline', data, body, asked);
  }

  /** Who answers for a new facility. @throws RequestProblem when the directory does not know the agency */
  private async answering(
    { agency: named, synthetic = false }: { agency?: string; synthetic?: boolean },
    { actor }: AskedBy,
  ) {
    const agency = named ?? actor.agency;
    await this.agencies.assert('agency', agency);
    return { agency, synthetic };
  }
}
