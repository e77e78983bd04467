import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import type { Caller as KnownCaller } from '#libs/access';
import { ExchangeCodes, isCodeTable, type CodeTableVersion } from '#libs/code-tables';
import type { CodeTableName } from '#libs/interop';

import { Does, Tells } from '../description/routes.js';
import { anything, instant, list, shape, text, whole } from '../description/schema.js';
import { Caller } from '../http/caller.js';
import { found } from '../http/found.js';
import { ChangeCodes } from './code-table-requests.js';

const versionsSchema = list(
  shape<CodeTableVersion>({
    version: whole,
    entries: list(anything),
    reason: text,
    changedBy: text,
    changedAt: instant,
  }),
);

/** What Primero and OSCaR call services, agencies, statuses and provinces, kept by the ministry without a new release. */
@ApiTags('Exchange')
@Controller('code-tables')
export class CodeTablesController {
  constructor(private readonly codes: ExchangeCodes) {}

  @Get(':table')
  @Tells('Every version of a table, the one in force first; none while only shipped rows are there', versionsSchema)
  async history(@Param('table') table: string): Promise<CodeTableVersion[]> {
    return this.codes.history(named(table));
  }

  @Put(':table')
  @Does('Put other rows in place of those of the version before', {
    status: 200,
    schema: shape<{ version: number }>({ version: whole }),
  })
  async change(
    @Param('table') table: string,
    @Body() { entries, reason, after }: ChangeCodes,
    @Caller() caller: KnownCaller,
  ): Promise<{ version: number }> {
    return { version: await this.codes.change(named(table), { entries, reason, after, changedBy: caller.id }) };
  }
}

const named = (table: string): CodeTableName => found(isCodeTable(table) ? table : undefined);
