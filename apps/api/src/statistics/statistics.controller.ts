import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import {
  CaseQueries,
  FacilityQueries,
  ReportQueries,
  type CareStockRow,
  type Detention,
  type DetentionStockRow,
  type FlowRow,
  type InformalFees,
  type RecidivismNumbers,
  type Stock,
  type UnmetNeeds,
  type WatchlistNumbers,
} from '#libs/read-models';

import { KnownThen, Tells } from '../description/routes.js';
import { careStockSchema, detentionStockSchema } from '../facilities/facility-views.js';
import { MonthsAsked } from '../http/months.js';
import { momentOf, MomentAsked } from '../http/read-requests.js';
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
    private readonly facilities: FacilityQueries,
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
  preTrialDetention(): Promise<Detention[]> {
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

  @Get('residential-care')
  @KnownThen()
  @Tells('Children living in facilities, by province and kind, sex and age band, as it was known then', careStockSchema)
  residentialCare(@Query() asked: MomentAsked): Promise<Stock<CareStockRow>> {
    return this.facilities.careStock(momentOf(asked));
  }

  @Get('detention')
  @KnownThen()
  @Tells('Children deprived of liberty, by kind and both ages, as it was known then', detentionStockSchema)
  detention(@Query() asked: MomentAsked): Promise<Stock<DetentionStockRow>> {
    return this.facilities.detentionStock(momentOf(asked));
  }
}
