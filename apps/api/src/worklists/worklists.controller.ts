import { Controller, Get, Query } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';

import type { Caller as KnownCaller } from '#libs/access';
import { ageBands, CaseQueries, type OverdueBand, type Page, type Task } from '#libs/read-models';

import { Paged, Tells } from '../description/routes.js';
import { list, oneOf, pageOf, shape, whole } from '../description/schema.js';
import { NextProviders } from '../directory/next-providers.js';
import { Caller } from '../http/caller.js';
import { OneOf, optional } from '../http/fields.js';
import { PageAsked, readPage } from '../http/read-requests.js';
import {
  taskSchema,
  taskView,
  unansweredSchema,
  unansweredView,
  unassignedSchema,
  unassignedView,
  type TaskView,
  type UnansweredView,
  type UnassignedView,
} from './worklist-views.js';

const bands = Object.keys(ageBands) as OverdueBand[];

interface BandCount {
  band: OverdueBand;
  count: number;
}

class OverdueAsked extends PageAsked {
  @OneOf(bands, 'Only what has been overdue for so long', optional)
  ageBand?: OverdueBand;
}

/** What must be done, for whom it is: a case code and what is due, never a name. */
@ApiTags('Worklists')
@Controller('worklists')
export class WorklistsController {
  constructor(
    private readonly queries: CaseQueries,
    private readonly providers: NextProviders,
  ) {}

  @Get('mine')
  @Paged()
  @Tells("Open deadlines of the caller's own cases, the most urgent first", pageOf(taskSchema))
  async mine(@Query() page: PageAsked, @Caller() caller: KnownCaller): Promise<Page<TaskView>> {
    return this.proposing(await readPage(page, (part) => this.queries.mine(caller, part)));
  }

  @Get('team')
  @Paged()
  @Tells('Open deadlines of everything the caller answers for', pageOf(taskSchema))
  async team(@Query() page: PageAsked, @Caller() caller: KnownCaller): Promise<Page<TaskView>> {
    return this.proposing(await readPage(page, (part) => this.queries.team(caller, part)));
  }

  @Get('overdue')
  @Paged()
  @ApiQuery({ name: 'ageBand', required: false, schema: oneOf(...bands), description: 'Overdue for so long' })
  @Tells('Deadlines that have passed, the oldest first', pageOf(taskSchema))
  async overdue(@Query() asked: OverdueAsked, @Caller() caller: KnownCaller): Promise<Page<TaskView>> {
    return this.proposing(await readPage(asked, (part) => this.queries.overdue(caller, part, asked.ageBand)));
  }

  @Get('overdue/age-bands')
  @Tells(
    'How many deadlines have passed, by how long ago',
    list(shape<BandCount>({ band: oneOf(...bands), count: whole })),
  )
  async ageBands(@Caller() caller: KnownCaller): Promise<BandCount[]> {
    const counts = await this.queries.overdueBands(caller);
    return bands.map((band) => ({ band, count: counts[band] }));
  }

  @Get('referrals-unanswered')
  @Paged()
  @Tells('Referrals that nobody has answered, the oldest first', pageOf(unansweredSchema))
  async unanswered(@Query() page: PageAsked, @Caller() caller: KnownCaller): Promise<Page<UnansweredView>> {
    const { items, next } = await readPage(page, (part) => this.queries.referralsUnanswered(caller, part));
    const providers = await this.providers.of(items, ({ stream_id: caseId, referral_id, overseen }) => ({
      caseId,
      referralId: overseen ? referral_id : null,
    }));
    return { items: items.map((row, index) => unansweredView(row, providers[index] ?? null)), next };
  }

  @Get('unassigned')
  @Paged()
  @Tells('Cases that wait for a person to enrol them, the longest waiting first', pageOf(unassignedSchema))
  async unassigned(@Query() page: PageAsked, @Caller() caller: KnownCaller): Promise<Page<UnassignedView>> {
    const { items, next } = await readPage(page, (part) => this.queries.unassigned(caller, part));
    return { items: items.map(unassignedView), next };
  }

  /** Tasks with whom to ask next, where another provider is looked for. */
  private async proposing({ items, next }: Page<Task>): Promise<Page<TaskView>> {
    const providers = await this.providers.of(items, ({ stream_id: caseId, proposes, subject }) => ({
      caseId,
      referralId: proposes === 'next_provider' ? subject : null,
    }));
    return { items: items.map((task, index) => taskView(task, providers[index] ?? null)), next };
  }
}
