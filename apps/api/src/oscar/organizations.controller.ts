import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';

import { Agencies, type Agency } from '#libs/access';
import type { Spean } from '#libs/composition';
import {
  decideReferral,
  findTransaction,
  linkClient,
  listOscar,
  upsertClient,
  type Asker,
  type Fate,
} from '#libs/record-exchange';

import { ForeignAsker } from '../foreign/foreign-asker.js';
import { reviewOf } from '../foreign/review.js';
import { SpeaksAs } from '../foreign/speaks-as.js';
import { fieldError } from '../http/field-errors.js';
import { found } from '../http/found.js';
import { invalidFields } from '../http/problem.js';
import { SPEAN } from '../tokens.js';
import { momentIn } from './moments.js';

type Data = Record<string, unknown>;
type Work = (spean: Spean, asker: Asker, item: Data) => Promise<Fate>;

const saved = 'Record saved.';
const kept = 'Record kept for review.';

/** Organisations, their clients and what is sent of them, as OSCaR v1 has it. */
@ApiExcludeController()
@SpeaksAs('oscar')
@Controller('oscar/api/v1/organizations')
export class OscarOrganizationsController {
  constructor(
    @Inject(SPEAN) private readonly spean: Spean,
    private readonly agencies: Agencies,
  ) {}

  @Get()
  async organizations(@Query() _query: Data): Promise<object> {
    const all = await this.#organizations();
    const organizations = all.map(({ id, title }) => ({
      ...{ id, full_name: title, short_name: id, logo: { url: null }, country: 'cambodia', demo: false },
    }));
    return { organizations };
  }

  @Get('listing')
  async listing(@Query() _query: Data): Promise<string[][]> {
    return (await this.#organizations()).map(({ id, title }) => [title, id]);
  }

  @Get('clients')
  async clients(@Query() query: Data, @ForeignAsker() asker: Asker): Promise<object> {
    const [since, until] = [momentIn(query, 'since_date'), momentIn(query, 'end_date')];
    return { data: await listOscar(this.spean, asker, { since, until }) };
  }

  @Post('clients/upsert')
  @HttpCode(200)
  async upsert(@Body() body: Data, @ForeignAsker() asker: Asker): Promise<object> {
    const organization = body['organization'];
    if (!isItem(organization)) throw invalidFields(fieldError('organization', { code: 'missing' }));
    const fate = await upsertClient(this.spean, asker, organization);
    return { external_id: organization['external_id'] ?? '', ...answerTo([fate]) };
  }

  @Put('clients/update_links')
  async links(@Body() body: Data, @ForeignAsker() asker: Asker): Promise<object> {
    return this.#each(body, asker, linkClient);
  }

  @Put('referrals/update_statuses')
  async statuses(@Body() body: Data, @ForeignAsker() asker: Asker): Promise<object> {
    return this.#each(body, asker, decideReferral);
  }

  @Get('transactions/:tx_id')
  async transaction(
    @Param('tx_id') transactionId: string,
    @Query() _query: Data,
    @ForeignAsker() { caller }: Asker,
  ): Promise<object> {
    const items = await findTransaction(this.spean, caller.id, transactionId);
    return { transaction_id: transactionId, items: found(items.length === 0 ? undefined : items) };
  }

  /** One item at a time: what is wrong with one is said of that one, and the rest goes on. */
  async #each(body: Data, asker: Asker, work: Work): Promise<object> {
    const items = body['data'];
    if (!Array.isArray(items)) throw invalidFields(fieldError('data', { code: 'missing' }));
    const fates: Fate[] = [];
    for (const item of items as unknown[]) fates.push(await work(this.spean, asker, isItem(item) ? item : {}));
    return answerTo(fates);
  }

  /** Those beside the government's own. */
  async #organizations(): Promise<Agency[]> {
    return (await this.agencies.all()).filter(({ type }) => type !== 'government');
  }
}

/** Never an empty answer: jobs read its JSON. */
function answerTo(fates: readonly Fate[]): object {
  const results = fates.map((fate) => ({ result: fate.kind, ...reviewIn(fate) }));
  const waiting = fates.filter((fate) => reviewOf(fate) !== undefined).length;
  return { message: waiting > 0 && waiting === fates.length ? kept : saved, results };
}

function reviewIn(fate: Fate): object {
  const review = reviewOf(fate);
  return review === undefined ? {} : { review };
}

const isItem = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);
