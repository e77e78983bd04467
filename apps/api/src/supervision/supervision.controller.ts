import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import type { Caller as KnownCaller } from '#libs/access';
import {
  ReportQueries,
  type WatchlistSummary,
  type CaseloadRow,
  type ExceptionsUsed,
  type LateRecorded,
  type Listed,
  type Page,
} from '#libs/read-models';

import { Paged, Tells } from '../description/routes.js';
import { list, pageOf } from '../description/schema.js';
import { Caller } from '../http/caller.js';
import { CodePipe } from '../http/code.pipe.js';
import { found } from '../http/found.js';
import { MonthsAsked } from '../http/months.js';
import { PageAsked, readPage } from '../http/read-requests.js';
import {
  watchlistCaseSchema,
  watchlistCaseView,
  watchlistSchema,
  breachSchema,
  breachView,
  caseloadSchema,
  exceptionsSchema,
  lateRecordedSchema,
  listed,
  listedPage,
  silentSchema,
  silentView,
  type WatchlistCaseView,
  type BreachView,
  type SilentView,
} from './supervision-views.js';

/** What supervisors watch in everything they answer for: codes of cases and numbers, never a name. */
@ApiTags('Supervision')
@Controller('supervision')
export class SupervisionController {
  constructor(private readonly reports: ReportQueries) {}

  @Get('caseload')
  @Tells('How many cases everybody keeps, and who keeps more than the caps allow', listed(caseloadSchema))
  caseload(@Caller() caller: KnownCaller): Promise<Listed<CaseloadRow>> {
    return this.reports.caseload(caller);
  }

  @Get('without-contact')
  @Paged()
  @Tells('Running cases without contact for too long, the longest silent first', listedPage(silentSchema))
  async withoutContact(
    @Query() page: PageAsked,
    @Caller() caller: KnownCaller,
  ): Promise<Listed<SilentView> & { next: string | null }> {
    const silent = await readPage(page, (part) => this.reports.withoutContact(caller, part));
    return { ...silent, items: silent.items.map(silentView) };
  }

  @Get('late-recorded')
  @Tells('How many deadlines were met in time but recorded late, by month', listed(lateRecordedSchema))
  lateRecorded(@Query() months: MonthsAsked, @Caller() caller: KnownCaller): Promise<Listed<LateRecorded>> {
    return this.reports.lateRecorded(caller, months);
  }

  @Get('exceptions')
  @Tells('Exceptions from guardian consent that were used, and how many nobody has approved', listed(exceptionsSchema))
  exceptions(@Query() months: MonthsAsked, @Caller() caller: KnownCaller): Promise<Listed<ExceptionsUsed>> {
    return this.reports.exceptionsUsed(caller, months);
  }

  @Get('legal-limit-breaches')
  @Paged()
  @Tells('Limits of law that have passed, still running or met too late, the oldest first', listedPage(breachSchema))
  async breaches(
    @Query() page: PageAsked,
    @Caller() caller: KnownCaller,
  ): Promise<Listed<BreachView> & { next: string | null }> {
    const breaches = await readPage(page, (part) => this.reports.legalLimitBreaches(caller, part));
    return { ...breaches, items: breaches.items.map(breachView) };
  }

  @Get('watchlists')
  @Tells('Every list that supervisors watch, and how many cases are on it', list(watchlistSchema))
  watchlists(@Caller() caller: KnownCaller): Promise<WatchlistSummary[]> {
    return this.reports.watchlists(caller);
  }

  @Get('watchlists/:watchlist')
  @Paged()
  @Tells('The cases on one list, the longest listed first', pageOf(watchlistCaseSchema))
  async watchlist(
    @Param('watchlist', CodePipe) watchlist: string,
    @Query() page: PageAsked,
    @Caller() caller: KnownCaller,
  ): Promise<Page<WatchlistCaseView>> {
    found(this.reports.hasWatchlist(watchlist) ? watchlist : undefined);
    const { items, next } = await readPage(page, (part) => this.reports.watchlistCases(watchlist, caller, part));
    return { items: items.map(watchlistCaseView), next };
  }
}
