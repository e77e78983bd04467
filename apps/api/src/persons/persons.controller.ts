import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import type { Caller as KnownCaller } from '#libs/access';
import type { Clock } from '#libs/calendar';
import { VersionConflict } from '#libs/case-commands';
import { CaseQueries, type CaseView, type PossibleDuplicate } from '#libs/read-models';

import { Problems, Records, Tells, versionHeader } from '../description/routes.js';
import { Asked, mintId, type AskedBy } from '../http/asked.js';
import { Caller } from '../http/caller.js';
import { CommandDesk } from '../http/command-desk.js';
import { found } from '../http/found.js';
import { IdPipe } from '../http/id.pipe.js';
import { RequestProblem } from '../http/problem.js';
import type { Recorded } from '../http/recorded.js';
import { CLOCK } from '../tokens.js';
import { changed, registered } from './person-details.js';
import { ChangePersonDetails, FindPerson, RegisterPerson } from './person-requests.js';
import { duplicatesSchema, personSchema } from './person-schema.js';

@ApiTags('Persons')
@Controller('persons')
export class PersonsController {
  constructor(
    private readonly desk: CommandDesk,
    private readonly queries: CaseQueries,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @Records('Register a person', { created: true })
  async register(@Body() body: RegisterPerson, @Asked() asked: AskedBy): Promise<Recorded> {
    const personId = body.personId ?? mintId(asked.idempotency);
    const details = registered(body, this.clock.now());
    try {
      const isNew = { ...asked, expectedVersion: 0 };
      return (await this.desk.onPerson(personId, 'RegisterPerson', details, body, isNew)).at('/api/v1/persons');
    } catch (error) {
      if (error instanceof VersionConflict) throw new RequestProblem('already-exists', { version: error.version });
      throw error;
    }
  }

  /** By POST, although it changes nothing: names belong into no address. */
  @Post('matches')
  @HttpCode(200)
  @Tells('People on record who may be the one that is told of, the likeliest first', duplicatesSchema)
  @Problems(429)
  async matches(@Body() { purpose, ...told }: FindPerson, @Caller() caller: KnownCaller): Promise<PossibleDuplicate[]> {
    return this.queries.findMatches(registered(told, this.clock.now()), purpose, caller);
  }

  /** What is left out stays as it was read here, so the change holds only for the version that was read. */
  @Patch(':personId')
  @Records('Change what is known of a person')
  async change(
    @Param('personId', IdPipe) personId: string,
    @Body() body: ChangePersonDetails,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    const known = found(await this.queries.findPerson(personId, asked.actor));
    const details = changed(known, body, this.clock.now());
    try {
      const asRead = { expectedVersion: known.version, ...asked };
      return await this.desk.onPerson(personId, 'ChangePersonDetails', details, body, asRead);
    } catch (error) {
      const raced = error instanceof VersionConflict && asked.expectedVersion === undefined;
      throw raced ? new VersionConflict('race', error.version) : error;
    }
  }

  @Get(':personId')
  @Tells('A person with what may be opened', personSchema, versionHeader)
  async view(
    @Param('personId', IdPipe) personId: string,
    @Caller() caller: KnownCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseView['person']> {
    const view = found(await this.queries.findPerson(personId, caller));
    void reply.header('etag', `"${view.version}"`);
    return view;
  }
}
