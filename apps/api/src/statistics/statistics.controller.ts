import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { CaseQueries, type FlowRow } from '#libs/read-models';

import { Tells } from '../description/routes.js';
import { list, nullable, shape, text, whole } from '../description/schema.js';
import { field, type Rule } from '../http/field.js';

const monthRule: Rule = (value) =>
  typeof value === 'string' && /^20\d\d-(?:0[1-9]|1[0-2])$/.test(value) ? undefined : { code: 'invalid' };

class MonthsAsked {
  @field(monthRule, { type: String, example: '2026-01', description: 'First month' })
  from!: string;

  @field(monthRule, { type: String, example: '2026-12', description: 'Last month' })
  to!: string;
}

/** Numbers that reveal no child. */
@ApiTags('Statistics')
@Controller('statistics')
export class StatisticsController {
  constructor(private readonly queries: CaseQueries) {}

  @Get('pathway-flow')
  @Tells(
    'Transitions taken by month, pathway and province; null where there are fewer than five',
    list(shape<FlowRow>({ month: text, pathway: text, transition: text, province: text, count: nullable(whole) })),
  )
  pathwayFlow(@Query() { from, to }: MonthsAsked): Promise<FlowRow[]> {
    return this.queries.pathwayFlow(from, to);
  }
}
