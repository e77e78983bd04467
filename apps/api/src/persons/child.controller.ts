import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import type { Caller as KnownCaller } from '#libs/access';
import { CaseQueries, type ChildView, type PossibleDuplicate } from '#libs/read-models';

import { Records, Tells } from '../description/routes.js';
import { Asked, mintId, type AskedBy } from '../http/asked.js';
import { Caller } from '../http/caller.js';
import { CommandDesk } from '../http/command-desk.js';
import { found } from '../http/found.js';
import { withoutTime } from '../http/happened.js';
import { IdPipe } from '../http/id.pipe.js';
import type { Recorded } from '../http/recorded.js';
import { Costs } from '../http/throttle.js';
import { AgreeToMove, LiftPersonFlag, MergePerson, RaisePersonFlag, UnmergePerson } from './person-requests.js';
import { childSchema, duplicatesSchema } from './person-schema.js';

/** What ties the cases of one child together (pathways 9). */
@ApiTags('One child, several cases')
@Controller('persons/:personId')
export class ChildController {
  constructor(
    private readonly desk: CommandDesk,
    private readonly queries: CaseQueries,
  ) {}

  @Get('child')
  @Tells('The child as all their cases see it: records that are one, flags that stand, cases in sight', childSchema)
  async child(@Param('personId', IdPipe) personId: string, @Caller() caller: KnownCaller): Promise<ChildView> {
    return found(await this.queries.findChild(personId, caller));
  }

  @Get('possible-duplicates')
  @Costs('search')
  @Tells('Other records that may be of the same child, the likeliest first. A person decides', duplicatesSchema)
  async duplicates(
    @Param('personId', IdPipe) personId: string,
    @Caller() caller: KnownCaller,
  ): Promise<PossibleDuplicate[]> {
    return found(await this.queries.findDuplicates(personId, caller));
  }

  @Post('flags')
  @Records('Raise a flag that every case of the child heeds, without being told why', { created: true })
  async flag(
    @Param('personId', IdPipe) personId: string,
    @Body() body: RaisePersonFlag,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    await this.assertInSight(personId, asked);
    const { flagId = mintId(asked.idempotency), ...flag } = withoutTime(body);
    return this.desk.onPerson(personId, 'RaisePersonFlag', { ...flag, flagId }, body, asked, flagId);
  }

  @Post('flags/:flagId/lifting')
  @Records('Lift a flag, as a supervisor who did not raise it')
  async lift(
    @Param('personId', IdPipe) personId: string,
    @Param('flagId', IdPipe) flagId: string,
    @Body() body: LiftPersonFlag,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    await this.assertInSight(personId, asked);
    return this.desk.onPerson(personId, 'LiftPersonFlag', { ...withoutTime(body), flagId }, body, asked);
  }

  @Post('move-agreements')
  @Records("Agree, for the case that owns the child's safety, to a move that another case prepares")
  async agree(
    @Param('personId', IdPipe) personId: string,
    @Body() body: AgreeToMove,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    await this.assertInSight(personId, asked);
    return this.desk.onPerson(personId, 'AgreeToMove', withoutTime(body), body, asked);
  }

  @Post('merge')
  @Records('Merge this record into another of the same child; it can be undone for 30 days')
  async merge(
    @Param('personId', IdPipe) personId: string,
    @Body() body: MergePerson,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    await this.assertInSight(personId, asked);
    await this.assertInSight(body.into, asked);
    return this.desk.onPerson(personId, 'MergePerson', withoutTime(body), body, asked);
  }

  @Post('unmerge')
  @Records('Undo a merge: the two records are of two children after all')
  async unmerge(
    @Param('personId', IdPipe) personId: string,
    @Body() body: UnmergePerson,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    await this.assertInSight(personId, asked);
    return this.desk.onPerson(personId, 'UnmergePerson', withoutTime(body), body, asked);
  }

  /** A conflict of interest on any case of the child hides the child. */
  private async assertInSight(personId: string, { actor }: AskedBy): Promise<void> {
    found(await this.queries.findPerson(personId, actor));
  }
}
