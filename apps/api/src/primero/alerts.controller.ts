import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';

import { countAlerted, tellAlerts, tellFlags, type Asker } from '#libs/record-exchange';

import { ForeignAsker } from '../foreign/foreign-asker.js';
import { SpeaksAs } from '../foreign/speaks-as.js';
import { PrimeroCases } from './held.js';

type Parameters = Record<string, unknown>;

/** What a case has raised and what all who work on it must heed, as Primero has it. */
@ApiExcludeController()
@SpeaksAs('primero')
@Controller('primero/api/v2')
export class PrimeroAlertsController {
  constructor(private readonly cases: PrimeroCases) {}

  @Get('alerts')
  async counts(@Query() _query: Parameters, @ForeignAsker() asker: Asker): Promise<object> {
    return { data: { case: await countAlerted(this.cases.spean, asker), incident: 0, tracing_request: 0 } };
  }

  @Get('cases/:id/alerts')
  async alerts(@Param('id') id: string, @Query() _query: Parameters, @ForeignAsker() asker: Asker): Promise<object> {
    return { data: await tellAlerts(this.cases.spean, asker, await this.cases.held(asker, id)) };
  }

  @Get('cases/:id/flags')
  async flags(@Param('id') id: string, @Query() _query: Parameters, @ForeignAsker() asker: Asker): Promise<object> {
    return { data: await tellFlags(this.cases.spean, asker, await this.cases.held(asker, id)) };
  }
}
