import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { CaseQueries } from '#libs/read-models';

import { Records } from '../description/routes.js';
import { KnownAgencies } from '../directory/known-agencies.js';
import { KnownCarers } from '../directory/known-carers.js';
import { Asked, mintId, type AskedBy } from '../http/asked.js';
import { CommandDesk } from '../http/command-desk.js';
import { fieldError } from '../http/field-errors.js';
import { withoutTime } from '../http/happened.js';
import { IdPipe } from '../http/id.pipe.js';
import { invalidFields } from '../http/problem.js';
import type { Recorded } from '../http/recorded.js';
import { caseCodeFor } from './case-code.js';
import { AssignCase, EnrolCase, LinkCase, MigrateCase, OpenCase } from './case-requests.js';

@ApiTags('Cases')
@Controller('cases')
export class CaseCommandsController {
  constructor(
    private readonly desk: CommandDesk,
    private readonly queries: CaseQueries,
    private readonly agencies: KnownAgencies,
    private readonly carers: KnownCarers,
  ) {}

  @Post()
  @Records('Open a case for a person', { created: true })
  async open(@Body() body: OpenCase, @Asked() asked: AskedBy): Promise<Recorded> {
    const { caseId = mintId(asked.idempotency), pathway, ...data } = withoutTime(body);
    const agency = data.agency ?? asked.actor.agency;
    await this.assertOnRecord(data.personId, asked);
    if (data.openedFrom !== undefined) await this.assertCase('openedFrom', data.openedFrom, asked);
    await this.agencies.assert('agency', agency);
    await this.carers.assertIn(data.facts);
    const opening = {
      ...data,
      agency,
      code: data.code ?? caseCodeFor(caseId),
      synthetic: data.synthetic ?? false,
      ...(pathway === undefined ? {} : { pathway }),
    };
    const recorded = await this.desk.onCase(caseId, 'OpenCase', opening, body, asked);
    return recorded.at('/api/v1/cases');
  }

  @Post(':caseId/enrolment')
  @Records('Enrol a waiting case in a pathway')
  async enrol(
    @Param('caseId', IdPipe) caseId: string,
    @Body() body: EnrolCase,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    await this.carers.assertIn(body.facts);
    return this.desk.onCase(caseId, 'EnrolCase', withoutTime(body), body, asked);
  }

  @Post(':caseId/migration')
  @Records('Go on under another version of the pathway, by the map of that version')
  async migrate(
    @Param('caseId', IdPipe) caseId: string,
    @Body() body: MigrateCase,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onCase(caseId, 'MigrateCase', withoutTime(body), body, asked);
  }

  @Post(':caseId/links')
  @Records('Link another case that has to do with this one')
  async link(
    @Param('caseId', IdPipe) caseId: string,
    @Body() body: LinkCase,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    // Whoever may not link anything to this case is told that, and nothing of the other one.
    if (await this.queries.allows(caseId, 'case.step', asked.actor))
      await this.assertCase('caseId', body.caseId, asked);
    return this.desk.onCase(caseId, 'LinkCase', withoutTime(body), body, asked);
  }

  @Post(':caseId/assignment')
  @Records('Give the case to a member of staff')
  async assign(
    @Param('caseId', IdPipe) caseId: string,
    @Body() body: AssignCase,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    const agency = body.agency ?? asked.actor.agency;
    await this.agencies.assert('agency', agency);
    return this.desk.onCase(caseId, 'AssignCase', { owner: body.owner, agency }, body, asked);
  }

  private async assertCase(name: string, caseId: string, { actor }: AskedBy): Promise<void> {
    const view = await this.queries.findCase(caseId, { ...actor });
    if (view === undefined) throw invalidFields(fieldError(name, { code: 'not_found' }));
  }

  /** Another agency may open a case for a child whose record it cannot read: a child has one record, and many helpers. */
  private async assertOnRecord(personId: string, { actor }: AskedBy): Promise<void> {
    const known = await this.queries.isOnRecord(personId, actor);
    if (!known) throw invalidFields(fieldError('personId', { code: 'not_found' }));
  }
}
