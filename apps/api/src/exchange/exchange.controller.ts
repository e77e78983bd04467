import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import type { Caller as KnownCaller } from '#libs/access';
import { parseInstant, type Clock } from '#libs/calendar';
import type { ExchangeTarget } from '#libs/configuration';
import { Database, type DatabaseContext } from '#libs/database';
import {
  exchangeStates,
  ExchangeRecords,
  ReplayRefused,
  targetStates,
  type ExchangeRecord,
  type OpenedRecord,
  type RecordFilter,
  type TargetState,
} from '#libs/connectors';
import { decodeCursor, pageOf as pageFrom, type Page } from '#libs/read-models';

import { Paged, Problems, Tells } from '../description/routes.js';
import { list, pageOf } from '../description/schema.js';
import { Caller } from '../http/caller.js';
import { fieldError } from '../http/field-errors.js';
import { Answer, Code, Id, Moment, OneOf, optional } from '../http/fields.js';
import { found } from '../http/found.js';
import { IdPipe } from '../http/id.pipe.js';
import { invalidFields, RequestProblem } from '../http/problem.js';
import { PageAsked, readPage } from '../http/read-requests.js';
import { CLOCK, CONTEXT, EXCHANGE_TARGETS } from '../tokens.js';
import { openedSchema, recordSchema, replayedSchema, targetSchema, type Replayed } from './exchange-schema.js';

const directions = ['in', 'out'] as const;
type State = (typeof exchangeStates)[number];

class RecordsAsked extends PageAsked {
  @Code('Only of this target', optional)
  target?: string;

  @OneOf(directions, 'Only those that came, or only those that were sent', optional)
  direction?: (typeof directions)[number];

  @OneOf(exchangeStates, 'Only those of which this became', optional)
  state?: State;

  @Id('Only of this case', optional)
  caseId?: string;

  @Moment('From this moment on', optional)
  from?: string;

  @Moment('Before this moment', optional)
  to?: string;
}

class ReplayRange {
  @OneOf(exchangeStates, 'Those of which this became')
  state!: State;

  @Moment('From this moment on')
  from!: string;

  @Moment('Before this moment')
  to!: string;

  @Code('Only of this target', optional)
  target?: string;

  @OneOf(directions, 'Only those that came, or only those that were sent', optional)
  direction?: (typeof directions)[number];
}

class CorrectedRecord {
  @Answer('The whole record as it should have come, in the shape of the system it came from')
  record!: Record<string, unknown>;
}

/** What came from other systems and went to them, what became of it, and once more. */
@ApiTags('Exchange with other systems')
@Controller('exchange')
export class ExchangeController {
  constructor(
    private readonly records: ExchangeRecords,
    private readonly database: Database,
    @Inject(CONTEXT) private readonly context: DatabaseContext,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(EXCHANGE_TARGETS) private readonly targets: readonly ExchangeTarget[],
  ) {}

  @Get('records')
  @Paged()
  @Tells('Records that came and went, the latest first, without what stands in them', pageOf(recordSchema))
  async list(
    @Query() { cursor, limit, ...asked }: RecordsAsked,
    @Caller() caller: KnownCaller,
  ): Promise<Page<ExchangeRecord>> {
    const page = { ...(cursor === undefined ? {} : { cursor }), ...(limit === undefined ? {} : { limit }) };
    return readPage(page, async (part) => {
      const [at, id] = decodeCursor(part.cursor, 2) ?? [];
      const before = at === undefined ? {} : { before: { at: String(at), id: String(id) } };
      const rows = await this.records.list({ ...filterOf(asked), ...before, limit: part.limit + 1 }, caller);
      return pageFrom(
        rows,
        part,
        (row) => row,
        (row) => [row.at, row.id],
      );
    });
  }

  @Get('records/:recordId')
  @Tells('A record as it came or went, for those who may see all of its case', openedSchema)
  async open(@Param('recordId', IdPipe) id: string, @Caller() caller: KnownCaller): Promise<OpenedRecord> {
    return found(await this.records.open(id, caller));
  }

  @Post('records/:recordId/replay')
  @HttpCode(200)
  @Tells('Send it again, as the case stands now; or take it in again', replayedSchema)
  @Problems(409, 415)
  async replay(@Param('recordId', IdPipe) id: string, @Caller() caller: KnownCaller): Promise<Replayed> {
    return answerOf(await this.records.replay(id, caller).catch(refused));
  }

  @Post('records/:recordId/correction')
  @HttpCode(200)
  @Tells('Take in a corrected record in place of one that could not be used', replayedSchema)
  @Problems(409, 413, 415)
  async correct(
    @Param('recordId', IdPipe) id: string,
    @Body() { record }: CorrectedRecord,
    @Caller() caller: KnownCaller,
  ): Promise<Replayed> {
    return answerOf(await this.records.correct(id, record, caller).catch(refused));
  }

  @Post('replays')
  @HttpCode(200)
  @Tells('All of a stretch of time, once more', replayedSchema)
  @Problems(415)
  async replayAll(@Body() range: ReplayRange, @Caller() caller: KnownCaller): Promise<Replayed> {
    return { replayed: await this.records.replayAll(filterOf(range), caller).catch(refused) };
  }

  @Get('targets')
  @Tells('How each target fares: whether it answers, and what it is still owed', list(targetSchema))
  async health(): Promise<TargetState[]> {
    return targetStates({ database: this.database, context: this.context, clock: this.clock }, this.targets);
  }
}

/** @throws RequestProblem when there is no such record in sight */
function answerOf(done: boolean): Replayed {
  if (!done) throw new RequestProblem('not-found');
  return { replayed: 1 };
}

function filterOf({ from, to, ...asked }: Omit<RecordsAsked, 'cursor' | 'limit'>): RecordFilter {
  return {
    ...asked,
    ...(from === undefined ? {} : { from: parseInstant(from) }),
    ...(to === undefined ? {} : { to: parseInstant(to) }),
  };
}

function refused(error: unknown): never {
  if (!(error instanceof ReplayRefused)) throw error;
  if (error.code === 'still_unusable') throw invalidFields(fieldError('record', { code: 'invalid' }));
  if (error.code === 'too_many') throw invalidFields(fieldError('from', { code: 'out_of_range' }));
  throw new RequestProblem('state-conflict');
}
