import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';

import { Agencies, CallerResolver } from '#libs/access';
import { ExchangeCodes } from '#libs/code-tables';
import { AttachmentVault } from '#libs/attachments';
import {
  CaseCommands,
  ExecuteCaseCommandHandler,
  ExecuteFacilityCommandHandler,
  ExecutePersonCommandHandler,
} from '#libs/case-commands';
import { Database } from '#libs/database';
import { CarerDirectory, Matching, ServiceDirectory } from '#libs/directories';
import {
  Factors,
  ForeignSignIn,
  Invitations,
  Leaving,
  Passkeys,
  Passwords,
  Proofs,
  ServiceBudget,
  ServiceKeys,
  ServiceRegister,
  ServiceTokens,
  Sessions,
  SignIn,
  StaffRegister,
} from '#libs/identities';
import { ExchangeRecords } from '#libs/connectors';
import { Exports } from '#libs/exports';
import { PathwayPublishing } from '#libs/law';
import { Queues } from '#libs/queues';
import { ReadAudit } from '#libs/read-audit';
import { Limiter } from '#libs/throttle';
import { IndexKeys } from '#libs/privacy';
import { CaseQueries, FacilityQueries, ReportQueries } from '#libs/read-models';

import { OwnAccountController } from './accounts/own-account.controller.js';
import { AttachmentsController } from './attachments/attachments.controller.js';
import { ShownFiles } from './attachments/shown-file.js';
import { PasskeysController } from './accounts/passkeys.controller.js';
import { JoiningController } from './accounts/joining.controller.js';
import { CaseCommandsController } from './cases/case-commands.controller.js';
import { CaseQueriesController } from './cases/case-queries.controller.js';
import { ConsentsController } from './consents/consents.controller.js';
import { DeadlinesController } from './deadlines/deadlines.controller.js';
import { CarersController } from './directory/carers.controller.js';
import { DirectoryController } from './directory/directory.controller.js';
import { CodeTablesController } from './code-tables/code-tables.controller.js';
import { KnownAgencies } from './directory/known-agencies.js';
import { EmergenciesController } from './cases/emergencies.controller.js';
import { FeedbackController } from './feedback/feedback.controller.js';
import { KnownCarers } from './directory/known-carers.js';
import { KnownCodes } from './directory/known-codes.js';
import { MatchesController } from './directory/matches.controller.js';
import { NextProviders } from './directory/next-providers.js';
import { ServiceDirectoryController } from './directory/service-directory.controller.js';
import { ExchangeController } from './exchange/exchange.controller.js';
import { ExportsController } from './exports/exports.controller.js';
import { FacilityCommandsController } from './facilities/facility-commands.controller.js';
import { FacilityQueriesController } from './facilities/facility-queries.controller.js';
import { RosterController } from './facilities/roster.controller.js';
import { ForeignCallers } from './foreign/foreign-callers.js';
import { HealthController } from './health/health.controller.js';
import { Health } from './health/health.js';
import { CallerGuard } from './http/caller.js';
import { RouteGuard } from './http/route-guard.js';
import { CommandDesk } from './http/command-desk.js';
import { ProblemFilter } from './http/problem-filter.js';
import { RecordBudget } from './http/record-budget.js';
import { RecordedAnswers } from './http/recorded.js';
import { ServiceCallers } from './http/service-caller.js';
import { UnaskedGuard } from './http/unasked.guard.js';
import { AddressLimit, CallerLimit } from './http/throttle.js';
import { RequestValidation } from './http/validation.js';
import { OscarDuplicatesController } from './oscar/duplicates.controller.js';
import { OscarOrganizationsController } from './oscar/organizations.controller.js';
import { OscarSignInController } from './oscar/sign-in.controller.js';
import type { ApiParts } from './parts.js';
import { NeedsController } from './needs/needs.controller.js';
import { PathwayVersionsController } from './pathways/pathway-versions.controller.js';
import { PathwaysController } from './pathways/pathways.controller.js';
import { PrimeroAlertsController } from './primero/alerts.controller.js';
import { PrimeroCasesController } from './primero/cases.controller.js';
import { PrimeroCases } from './primero/held.js';
import { Receivers } from './primero/receivers.js';
import { PrimeroTokensController } from './primero/tokens.controller.js';
import { PrimeroTransitionsController } from './primero/transitions.controller.js';
import { ChildController } from './persons/child.controller.js';
import { ErasureController } from './persons/erasure.controller.js';
import { PersonsController } from './persons/persons.controller.js';
import { ReadersController } from './reads/readers.controller.js';
import { TracedReads } from './reads/traced-reads.js';
import { ContactsController } from './records/contacts.controller.js';
import { PhoneTokens } from './records/phone-tokens.js';
import { RecordsController } from './records/records.controller.js';
import { SealsController } from './records/seals.controller.js';
import { ReferralAnswersController } from './referrals/referral-answers.controller.js';
import { ReferralsController } from './referrals/referrals.controller.js';
import { ReviewsController } from './reviews/reviews.controller.js';
import { ServiceAccountsController } from './services/service-accounts.controller.js';
import { OtherSignInsController } from './sessions/other-sign-ins.controller.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { StaffController } from './staff/staff.controller.js';
import { StatisticsController } from './statistics/statistics.controller.js';
import { StepsController } from './steps/steps.controller.js';
import { SupervisionController } from './supervision/supervision.controller.js';
import { CLOCK, CONTEXT, EXCHANGE_TARGETS, LOG, PATHWAYS, SPEAN } from './tokens.js';
import { InboxController } from './worklists/inbox.controller.js';
import { WorklistsController } from './worklists/worklists.controller.js';

@Module({})
export class ApiModule {
  /** The interface over parts that were put together before. */
  static over({ limiter, ...parts }: ApiParts): DynamicModule {
    return {
      module: ApiModule,
      imports: [CqrsModule.forRoot()],
      controllers: [
        PersonsController,
        ChildController,
        ReadersController,
        AttachmentsController,
        ExportsController,
        ExchangeController,
        ErasureController,
        SealsController,
        CaseCommandsController,
        CaseQueriesController,
        StepsController,
        RecordsController,
        ContactsController,
        ConsentsController,
        ReferralsController,
        ReferralAnswersController,
        DeadlinesController,
        ReviewsController,
        EmergenciesController,
        FeedbackController,
        FacilityCommandsController,
        FacilityQueriesController,
        RosterController,
        WorklistsController,
        InboxController,
        StatisticsController,
        PathwayVersionsController,
        PathwaysController,
        DirectoryController,
        ServiceDirectoryController,
        CarersController,
        MatchesController,
        NeedsController,
        SupervisionController,
        OtherSignInsController,
        SessionsController,
        PasskeysController,
        OwnAccountController,
        JoiningController,
        StaffController,
        ServiceAccountsController,
        CodeTablesController,
        HealthController,
        PrimeroTokensController,
        PrimeroAlertsController,
        PrimeroTransitionsController,
        PrimeroCasesController,
        OscarSignInController,
        OscarDuplicatesController,
        OscarOrganizationsController,
      ],
      providers: [
        { provide: CLOCK, useValue: parts.clock },
        { provide: CONTEXT, useValue: parts.context },
        { provide: LOG, useValue: parts.log },
        { provide: PATHWAYS, useValue: parts.pathways },
        { provide: SPEAN, useValue: parts },
        { provide: EXCHANGE_TARGETS, useValue: parts.exchangeTargets },
        { provide: ExchangeRecords, useValue: new ExchangeRecords(parts) },
        ...(limiter === undefined ? [] : [{ provide: Limiter, useValue: limiter }]),
        { provide: Database, useValue: parts.database },
        { provide: IndexKeys, useValue: parts.indexKeys },
        { provide: Queues, useValue: parts.queues },
        { provide: CaseCommands, useValue: parts.commands },
        { provide: PathwayPublishing, useValue: parts.publishing },
        { provide: CaseQueries, useValue: parts.queries },
        { provide: ReportQueries, useValue: parts.reports },
        { provide: ServiceDirectory, useValue: parts.services },
        { provide: CarerDirectory, useValue: parts.carers },
        { provide: Matching, useValue: parts.matching },
        { provide: FacilityQueries, useValue: parts.facilities },
        { provide: AttachmentVault, useValue: parts.attachments },
        { provide: Exports, useValue: parts.exports },
        { provide: ReadAudit, useValue: parts.readAudit },
        { provide: CallerResolver, useValue: parts.callers },
        { provide: Agencies, useValue: parts.agencies },
        { provide: ExchangeCodes, useValue: parts.codes },
        { provide: Sessions, useValue: parts.identities.sessions },
        { provide: SignIn, useValue: parts.identities.signIn },
        { provide: Proofs, useValue: parts.identities.proofs },
        { provide: Factors, useValue: parts.identities.factors },
        { provide: Passkeys, useValue: parts.identities.passkeys },
        { provide: ForeignSignIn, useValue: parts.identities.foreignSignIn },
        { provide: Passwords, useValue: parts.identities.passwords },
        { provide: Invitations, useValue: parts.identities.invitations },
        { provide: StaffRegister, useValue: parts.identities.staff },
        { provide: Leaving, useValue: parts.identities.leaving },
        { provide: ServiceKeys, useValue: parts.identities.serviceKeys },
        { provide: ServiceBudget, useValue: parts.identities.serviceBudget },
        { provide: ServiceRegister, useValue: parts.identities.services },
        { provide: ServiceTokens, useValue: parts.identities.serviceTokens },
        ExecuteCaseCommandHandler,
        ExecutePersonCommandHandler,
        ExecuteFacilityCommandHandler,
        CommandDesk,
        Health,
        KnownAgencies,
        KnownCarers,
        KnownCodes,
        NextProviders,
        PhoneTokens,
        ServiceCallers,
        ForeignCallers,
        PrimeroCases,
        Receivers,
        ...(limiter === undefined ? [] : [{ provide: APP_GUARD, useClass: AddressLimit }]),
        { provide: APP_GUARD, useClass: CallerGuard },
        ...(limiter === undefined ? [] : [{ provide: APP_GUARD, useClass: CallerLimit }]),
        { provide: APP_GUARD, useClass: RouteGuard },
        { provide: APP_GUARD, useClass: UnaskedGuard },
        { provide: APP_PIPE, useClass: RequestValidation },
        { provide: APP_INTERCEPTOR, useClass: RecordBudget },
        { provide: APP_INTERCEPTOR, useClass: RecordedAnswers },
        { provide: APP_INTERCEPTOR, useClass: ShownFiles },
        { provide: APP_INTERCEPTOR, useClass: TracedReads },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
