import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import {
  CaseQueries,
  ReportQueries,
  type WatchlistNumbers,
  type Detention,
  type FlowRow,
  type InformalFees,
  type RecidivismNumbers,
  type UnmetNeeds,
} from '#libs/read-models';

import { Tells } from '../description/routes.js';
import { MonthsAsked } from '../http/months.js';
import {
  watchlistNumbersSchema,
  detentionSchema,
  flowSchema,
  informalFeesSchema,
  recidivismSchema,
  unmetNeedsSchema,
} from './statistics-schema.js';

/** Numbers that reveal no child: what is under five is never shown, nor anything from which it could be worked out. */
@ApiTags('Statistics')
@Controller('statistics')
export class StatisticsController {
  constructor(
    private readonly queries: CaseQueries,
    private readonly reports: ReportQueries,
  ) {}

  @Get('pathway-flow')
  @Tells('Transitions taken by month, pathway and province; null where there are fewer than five', flowSchema)
  pathwayFlow(@Query() { from, to }: MonthsAsked): Promise<FlowRow[]> {
    return this.queries.pathwayFlow(from, to);
  }

  @Get('unmet-needs')
  @Tells('Services that children want and nobody can give, by reason, province and district', unmetNeedsSchema)
  unmetNeeds(): Promise<UnmetNeeds> {
    return this.reports.unmetNeeds();
  }

  @Get('recidivism')
  @Tells('Children who came again within 6 and 12 months, of those whose time has passed', recidivismSchema)
  recidivism(): Promise<RecidivismNumbers[]> {
    return this.reports.recidivism();
  }

  @Get('pre-trial-detention')
  @Tells('Children who are held, how many of them before a judgment, and for which reasons', detentionSchema)
  detention(): Promise<Detention[]> {
    return this.reports.detention();
  }

  @Get('informal-fees')
  @Tells('Children for whose registration somebody asked for a fee outside the rules, by district', informalFeesSchema)
  informalFees(): Promise<InformalFees[]> {
    return this.reports.informalFees();
  }

  @Get('watchlists')
  @Tells('How many children are on each list that supervisors watch, by province', watchlistNumbersSchema)
  watchlists(): Promise<WatchlistNumbers[]> {
    return this.reports.watchlistNumbers();
  }
}
