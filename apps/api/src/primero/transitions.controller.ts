import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';

import type { ReferralStatus, ReferralType } from '#libs/cases';
import type { OutgoingRecord } from '#libs/interop';
import {
  answerReferral,
  listAsked,
  listPrimero,
  NotAnswerable,
  requestReferral,
  revokeReferral,
  tellTransitions,
  transitionsOf,
  type Asker,
  type HeldCase,
} from '#libs/record-exchange';

import { ForeignAsker } from '../foreign/foreign-asker.js';
import { SpeaksAs } from '../foreign/speaks-as.js';
import { found } from '../http/found.js';
import { RequestProblem } from '../http/problem.js';
import { dataOf } from './cases.controller.js';
import { PrimeroCases } from './held.js';
import { Receivers } from './receivers.js';

type Data = Record<string, unknown>;

/** Cases whose referrals are told at once, where the program does not say how many. */
const bulkByDefault = '1000';

/**
 * What leads from one to another, as Primero has it. Assignments are told alone: who keeps a case is decided here, and no
 * program's role gives one away.
 */
@ApiExcludeController()
@SpeaksAs('primero')
@Controller('primero/api/v2/cases')
export class PrimeroTransitionsController {
  constructor(
    private readonly cases: PrimeroCases,
    private readonly receivers: Receivers,
  ) {}

  /**
   * An addition of ours: the referrals of many cases in one answer, of these (`ids=a,b`) or of those that the same filters
   * find as in the list of cases, page by page.
   */
  @Get('referrals')
  async bulk(@Query() query: Data, @ForeignAsker() asker: Asker): Promise<object> {
    const { ids, 'ids[]': more, ...rest } = query;
    const named = ids ?? more;
    const asked = listAsked({ per: bulkByDefault, ...rest, ...(named === undefined ? {} : { id: named }) });
    const { held, total } = await listPrimero(this.cases.spean, asker, asked);
    const data = held.flatMap(transitionsOf).filter(({ type }) => type === 'Referral');
    return { data, metadata: { total, per: asked.per, page: asked.page } };
  }

  @Get(':id/transitions')
  async transitions(@Param('id') id: string, @Query() { types }: Data, @ForeignAsker() asker: Asker): Promise<object> {
    return this.#tell(id, asker, typeof types === 'string' ? types.split(',') : undefined);
  }

  @Get(':id/referrals')
  async referrals(@Param('id') id: string, @Query() _query: Data, @ForeignAsker() asker: Asker): Promise<object> {
    return this.#tell(id, asker, ['Referral']);
  }

  @Get(':id/transfers')
  async transfers(@Param('id') id: string, @Query() _query: Data, @ForeignAsker() asker: Asker): Promise<object> {
    return this.#tell(id, asker, ['Transfer']);
  }

  @Get(':id/assigns')
  async assigns(@Param('id') id: string, @Query() _query: Data, @ForeignAsker() asker: Asker): Promise<object> {
    return this.#tell(id, asker, ['Assign']);
  }

  @Post(':id/referrals')
  @HttpCode(200)
  async refer(@Param('id') id: string, @Body() body: unknown, @ForeignAsker() asker: Asker): Promise<object> {
    const held = await this.cases.held(asker, id);
    const data = dataOf(body);
    // A service row is its referral here, sent when the row was.
    const row = data['service_record_id'];
    const known = transitionsOf(held).find((each) => row !== undefined && each['service_record_id'] === row);
    if (known !== undefined) return { data: known };
    return this.#request(held, asker, 'service', data);
  }

  @Post(':id/transfers')
  @HttpCode(200)
  async transfer(@Param('id') id: string, @Body() body: unknown, @ForeignAsker() asker: Asker): Promise<object> {
    return this.#request(await this.cases.held(asker, id), asker, 'transfer', dataOf(body));
  }

  @Patch(':id/referrals/:rid')
  async answerReferral(
    @Param('id') id: string,
    @Param('rid') rid: string,
    @Body() body: unknown,
    @ForeignAsker() asker: Asker,
  ): Promise<object> {
    return this.#answer(id, rid, asker, dataOf(body));
  }

  @Patch(':id/transfers/:rid')
  async answerTransfer(
    @Param('id') id: string,
    @Param('rid') rid: string,
    @Body() body: unknown,
    @ForeignAsker() asker: Asker,
  ): Promise<object> {
    return this.#answer(id, rid, asker, dataOf(body));
  }

  @Delete(':id/referrals/:rid')
  async revoke(@Param('id') id: string, @Param('rid') rid: string, @ForeignAsker() asker: Asker): Promise<object> {
    return this.#answer(id, rid, asker, { status: 'revoked' });
  }

  async #tell(id: string, asker: Asker, kinds: readonly string[] | undefined): Promise<object> {
    return { data: await tellTransitions(this.cases.spean, asker, [await this.cases.held(asker, id)], kinds) };
  }

  async #request(held: HeldCase, asker: Asker, type: ReferralType, data: Data): Promise<object> {
    const toAgency = await this.receivers.agencyOf(data);
    const asked = { type, toAgency, service: wordIn(data, 'service'), notes: wordIn(data, 'notes') };
    const referralId = await requestReferral(this.cases.spean, asker, held, asked);
    return { data: await this.#transition(held.caseId, referralId, asker) };
  }

  async #answer(id: string, rid: string, asker: Asker, data: Data): Promise<object> {
    const held = await this.cases.held(asker, id);
    const { spean } = this.cases;
    const referral = found(referralOf(held, rid));
    const [status, note] = [String(data['status']), wordIn(data, 'rejection_note')];
    try {
      if (status === 'revoked') await revokeReferral(spean, asker, held, referral);
      else
        await answerReferral(spean, asker, held, referral, { status, note, reason: wordIn(data, 'rejected_reason') });
    } catch (error) {
      if (error instanceof NotAnswerable) throw new RequestProblem('state-conflict');
      throw error;
    }
    return { data: await this.#transition(held.caseId, referral.referralId, asker) };
  }

  /** As it is now. */
  async #transition(caseId: string, referralId: string, asker: Asker): Promise<OutgoingRecord> {
    const held = await this.cases.held(asker, caseId);
    return found(transitionsOf(held).find(({ id }) => id === referralId.toLowerCase()));
  }
}

const referralOf = ({ seen }: HeldCase, id: string): ReferralStatus | undefined =>
  Object.values(seen.case.referrals).find(({ referralId }) => referralId.toLowerCase() === id.toLowerCase());

function wordIn(data: Data, name: string): string | undefined {
  const value = data[name];
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
