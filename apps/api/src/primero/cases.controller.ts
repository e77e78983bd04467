import { Body, Controller, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { dataIn, onlyFields, type OutgoingRecord } from '#libs/interop';
import {
  changePrimero,
  createPrimero,
  listAsked,
  listPrimero,
  primeroRecord,
  traceTelling,
  type Asker,
  type Written,
} from '#libs/record-exchange';

import { ForeignAsker } from '../foreign/foreign-asker.js';
import { reviewOf } from '../foreign/review.js';
import { SpeaksAs } from '../foreign/speaks-as.js';
import { fieldError } from '../http/field-errors.js';
import { found } from '../http/found.js';
import { invalidFields, RequestProblem } from '../http/problem.js';
import { PrimeroCases } from './held.js';

type Parameters = Record<string, unknown>;

/** Cases as Primero v2 has them. */
@ApiExcludeController()
@SpeaksAs('primero')
@Controller('primero/api/v2/cases')
export class PrimeroCasesController {
  constructor(private readonly cases: PrimeroCases) {}

  @Get()
  async list(@Query() query: Parameters, @ForeignAsker() asker: Asker): Promise<object> {
    const asked = listAsked(query);
    const { held, total } = await listPrimero(this.cases.spean, asker, asked);
    const data = held.map((each) => onlyFields(primeroRecord(each), fieldsOf(query)));
    return { data, metadata: { total, per: asked.per, page: asked.page } };
  }

  @Get(':id')
  async one(@Param('id') id: string, @Query() query: Parameters, @ForeignAsker() asker: Asker): Promise<object> {
    const held = await this.cases.held(asker, id);
    await traceTelling(this.cases.spean, asker, [held]);
    return { data: onlyFields(primeroRecord(held), fieldsOf(query)) };
  }

  @Post()
  async create(
    @Body() body: unknown,
    @ForeignAsker() asker: Asker,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    const data = dataOf(body);
    const written = await createPrimero(this.cases.spean, asker, data);
    if (written === undefined) throw new RequestProblem('already-exists');
    // Primero has nothing to say to a client that chose the id itself.
    const silent = typeof data['id'] === 'string' && reviewOf(written.fate) === undefined;
    void reply.status(silent ? 204 : 200);
    return silent ? undefined : answerOf(written);
  }

  @Patch(':id')
  async change(@Param('id') id: string, @Body() body: unknown, @ForeignAsker() asker: Asker): Promise<object> {
    return answerOf(found(await changePrimero(this.cases.spean, asker, id, dataOf(body))));
  }
}

/** The fields that were sent, as they are now; of a record that waits for a person, that it does. */
function answerOf({ fate, changed }: Written): { data: OutgoingRecord; review?: object } {
  const review = reviewOf(fate);
  return { data: changed, ...(review === undefined ? {} : { review }) };
}

const fieldsOf = ({ fields }: Parameters): string | undefined => (typeof fields === 'string' ? fields : undefined);

/** @throws RequestProblem */
export function dataOf(body: unknown): Record<string, unknown> {
  const data = dataIn(body);
  if (data === undefined) throw invalidFields(fieldError('data', { code: 'missing' }));
  return data;
}
