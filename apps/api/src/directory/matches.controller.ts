import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';

import type { CaseAction, Caller as KnownCaller } from '#libs/access';
import { Matching } from '#libs/directories';
import type { PathwayRegistry } from '#libs/pathway-files';
import { CaseQueries, ReportQueries, type ProposedOwner } from '#libs/read-models';

import { Tells } from '../description/routes.js';
import { list, text } from '../description/schema.js';
import { Caller } from '../http/caller.js';
import { Code, optional } from '../http/fields.js';
import { found } from '../http/found.js';
import { IdPipe } from '../http/id.pipe.js';
import { RequestProblem } from '../http/problem.js';
import { PATHWAYS } from '../tokens.js';
import { CareAsked } from './carer-requests.js';
import {
  carerMatchSchema,
  carerMatchView,
  proposedOwnerSchema,
  providersSchema,
  providersView,
  type CarerMatchView,
  type ProvidersView,
} from './directory-views.js';
import { KnownCodes } from './known-codes.js';

class OwnersAsked {
  @Code('Only colleagues in this role', optional)
  role?: string;
}

/** Who could help with a case: providers of a service, carers, colleagues who would keep it. Proposals, never decisions. */
@ApiTags('Directory')
@Controller('cases/:caseId')
export class MatchesController {
  constructor(
    private readonly matching: Matching,
    private readonly reports: ReportQueries,
    private readonly queries: CaseQueries,
    private readonly codes: KnownCodes,
    @Inject(PATHWAYS) private readonly pathways: PathwayRegistry,
  ) {}

  @Get('referrals/:referralId/providers')
  @Tells('Everybody who gives the service, the next to ask first, with reasons why each fits or not', providersSchema)
  async providers(
    @Param('caseId', IdPipe) caseId: string,
    @Param('referralId', IdPipe) referralId: string,
    @Caller() caller: KnownCaller,
  ): Promise<ProvidersView> {
    await this.assertAllowed(caseId, 'case.refer', caller);
    const matches = found(await this.matching.providersFor({ caseId, referralId }, caller));
    return providersView(matches, this.pathways.common);
  }

  @Get('carers')
  @ApiQuery({ name: 'kind', required: false, schema: text, description: 'Kind of care' })
  @ApiQuery({ name: 'language', required: false, schema: text, description: 'Language to be spoken at home' })
  @Tells('Carers near the child, those that fit first, with reasons why each fits or not', list(carerMatchSchema))
  async carers(
    @Param('caseId', IdPipe) caseId: string,
    @Query() { kind, language }: CareAsked,
    @Caller() caller: KnownCaller,
  ): Promise<CarerMatchView[]> {
    await this.assertAllowed(caseId, 'case.refer', caller);
    await this.codes.assert({ kind, language }, 'query.');
    const asked = { ...(kind === undefined ? {} : { kind }), ...(language === undefined ? {} : { language }) };
    const matches = found(await this.matching.carersFor(caseId, caller, asked));
    return matches.map((match) => carerMatchView(match, this.pathways.common));
  }

  @Get('proposed-owners')
  @ApiQuery({ name: 'role', required: false, schema: text, description: 'Only colleagues in this role' })
  @Tells('Who of the agency could keep the case, whoever has least to do first', list(proposedOwnerSchema))
  async owners(
    @Param('caseId', IdPipe) caseId: string,
    @Query() { role }: OwnersAsked,
    @Caller() caller: KnownCaller,
  ): Promise<ProposedOwner[]> {
    await this.assertAllowed(caseId, 'case.assign', caller);
    return found(await this.reports.proposedOwners(caseId, caller, role));
  }

  /** @throws RequestProblem as if there were no such case, where policy gives the caller no leave. */
  private async assertAllowed(caseId: string, action: CaseAction, caller: KnownCaller): Promise<void> {
    if (!(await this.queries.allows(caseId, action, caller))) throw new RequestProblem('not-found');
  }
}
