import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import type { Caller as KnownCaller } from '#libs/access';
import type { NextStep } from '#libs/cases';
import { CaseQueries, type CaseView, type Page, type TimelineEntry } from '#libs/read-models';

import { KnownThen, Paged, Tells, versionHeader } from '../description/routes.js';
import { list } from '../description/schema.js';
import { NextProviders } from '../directory/next-providers.js';
import { Caller } from '../http/caller.js';
import { found } from '../http/found.js';
import { IdPipe } from '../http/id.pipe.js';
import { momentOf, MomentAsked, readPage, TimelineAsked } from '../http/read-requests.js';
import {
  caseSchema,
  nextStepsSchema,
  proposingDeadlineSchema,
  referralSchema,
  timelineSchema,
  type ProposingDeadline,
} from './case-schema.js';

@ApiTags('Cases')
@Controller('cases/:caseId')
export class CaseQueriesController {
  constructor(
    private readonly queries: CaseQueries,
    private readonly providers: NextProviders,
  ) {}

  @Get()
  @KnownThen()
  @Tells('The case with everything that is known of it, now or at a past moment', caseSchema, versionHeader)
  async view(
    @Param('caseId', IdPipe) caseId: string,
    @Query() asked: MomentAsked,
    @Caller() caller: KnownCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseView> {
    const view = found(await this.queries.findCase(caseId, caller, momentOf(asked)));
    void reply.header('etag', `"${view.version}"`);
    return view;
  }

  @Get('next-steps')
  @Tells(
    'Each transition that leads on, with everything that is missing before the caller may take it',
    nextStepsSchema,
  )
  async nextSteps(@Param('caseId', IdPipe) caseId: string, @Caller() caller: KnownCaller): Promise<NextStep[]> {
    return found(await this.queries.findNextSteps(caseId, caller));
  }

  @Get('timeline')
  @Paged()
  @KnownThen()
  @Tells('What happened, in the order in which it was recorded', timelineSchema)
  async timeline(
    @Param('caseId', IdPipe) caseId: string,
    @Query() asked: TimelineAsked,
    @Caller() caller: KnownCaller,
  ): Promise<Page<TimelineEntry>> {
    return found(await readPage(asked, (part) => this.queries.findTimeline(caseId, caller, part, momentOf(asked))));
  }

  @Get('deadlines')
  @KnownThen()
  @Tells('Deadlines of the case: open ones first, then by due time', list(proposingDeadlineSchema))
  async deadlines(
    @Param('caseId', IdPipe) caseId: string,
    @Query() asked: MomentAsked,
    @Caller() caller: KnownCaller,
  ): Promise<ProposingDeadline[]> {
    const then = momentOf(asked);
    const deadlines = found(await this.queries.findDeadlines(caseId, caller, then));
    // Whom to ask is a question of now: of a past moment nobody knows what the directory would have said.
    const searching = ({ status, proposes, subject }: CaseView['deadlines'][number]) =>
      then === undefined && proposes === 'next_provider' && ['due', 'overdue'].includes(status) ? subject : null;
    const next = await this.providers.of(deadlines, (each) => ({ caseId, referralId: searching(each) }));
    return deadlines.map((deadline, index) => ({ ...deadline, nextProvider: next[index] ?? null }));
  }

  @Get('referrals')
  @KnownThen()
  @Tells('Referrals of the case, one for each requested service', list(referralSchema))
  async referrals(
    @Param('caseId', IdPipe) caseId: string,
    @Query() asked: MomentAsked,
    @Caller() caller: KnownCaller,
  ): Promise<CaseView['referrals']> {
    return found(await this.queries.findReferrals(caseId, caller, momentOf(asked)));
  }
}
