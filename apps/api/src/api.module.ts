import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';

import { Agencies, CallerResolver } from '#libs/access';
import {
  CaseCommands,
  ExecuteCaseCommandHandler,
  ExecuteFacilityCommandHandler,
  ExecutePersonCommandHandler,
} from '#libs/case-commands';
import { Database } from '#libs/database';
import { CarerDirectory, Matching, ServiceDirectory } from '#libs/directories';
import { PathwayPublishing } from '#libs/law';
import { Queues } from '#libs/queues';
import { IndexKeys } from '#libs/privacy';
import { CaseQueries, FacilityQueries, ReportQueries } from '#libs/read-models';

import { CaseCommandsController } from './cases/case-commands.controller.js';
import { CaseQueriesController } from './cases/case-queries.controller.js';
import { ConsentsController } from './consents/consents.controller.js';
import { DeadlinesController } from './deadlines/deadlines.controller.js';
import { CarersController } from './directory/carers.controller.js';
import { DirectoryController } from './directory/directory.controller.js';
import { KnownAgencies } from './directory/known-agencies.js';
import { FeedbackController } from './feedback/feedback.controller.js';
import { KnownCarers } from './directory/known-carers.js';
import { KnownCodes } from './directory/known-codes.js';
import { MatchesController } from './directory/matches.controller.js';
import { NextProviders } from './directory/next-providers.js';
import { ServiceDirectoryController } from './directory/service-directory.controller.js';
import { FacilityCommandsController } from './facilities/facility-commands.controller.js';
import { FacilityQueriesController } from './facilities/facility-queries.controller.js';
import { RosterController } from './facilities/roster.controller.js';
import { HealthController } from './health/health.controller.js';
import { Health } from './health/health.js';
import { CallerGuard } from './http/caller.js';
import { CommandDesk } from './http/command-desk.js';
import { ProblemFilter } from './http/problem-filter.js';
import { RecordedAnswers } from './http/recorded.js';
import { RequestValidation } from './http/validation.js';
import type { ApiParts } from './parts.js';
import { NeedsController } from './needs/needs.controller.js';
import { PathwayVersionsController } from './pathways/pathway-versions.controller.js';
import { PathwaysController } from './pathways/pathways.controller.js';
import { ChildController } from './persons/child.controller.js';
import { ErasureController } from './persons/erasure.controller.js';
import { PersonsController } from './persons/persons.controller.js';
import { ContactsController } from './records/contacts.controller.js';
import { PhoneTokens } from './records/phone-tokens.js';
import { RecordsController } from './records/records.controller.js';
import { SealsController } from './records/seals.controller.js';
import { ReferralAnswersController } from './referrals/referral-answers.controller.js';
import { ReferralsController } from './referrals/referrals.controller.js';
import { ReviewsController } from './reviews/reviews.controller.js';
import { StatisticsController } from './statistics/statistics.controller.js';
import { StepsController } from './steps/steps.controller.js';
import { SupervisionController } from './supervision/supervision.controller.js';
import { CALLER_BY_HEADER, CLOCK, CONTEXT, LOG, PATHWAYS, SPEAN } from './tokens.js';
import { InboxController } from './worklists/inbox.controller.js';
import { WorklistsController } from './worklists/worklists.controller.js';

@Module({})
export class ApiModule {
  /** The interface over parts that were put together before. */
  static over(parts: ApiParts): DynamicModule {
    return {
      module: ApiModule,
      imports: [CqrsModule.forRoot()],
      controllers: [
        PersonsController,
        ChildController,
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
        HealthController,
      ],
      providers: [
        { provide: CLOCK, useValue: parts.clock },
        { provide: CALLER_BY_HEADER, useValue: parts.callerByHeader },
        { provide: CONTEXT, useValue: parts.context },
        { provide: LOG, useValue: parts.log },
        { provide: PATHWAYS, useValue: parts.pathways },
        { provide: SPEAN, useValue: parts },
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
        { provide: CallerResolver, useValue: parts.callers },
        { provide: Agencies, useValue: parts.agencies },
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
        { provide: APP_GUARD, useClass: CallerGuard },
        { provide: APP_PIPE, useClass: RequestValidation },
        { provide: APP_INTERCEPTOR, useClass: RecordedAnswers },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
