import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';

import type { Clock } from '#libs/calendar';
import { ExecuteCaseCommand, ExecuteFacilityCommand, ExecutePersonCommand } from '#libs/case-commands';
import type {
  CaseCommand,
  CaseCommandData,
  CaseCommandType,
  FacilityCommand,
  FacilityCommandData,
  FacilityCommandType,
  PersonCommand,
  PersonCommandData,
  PersonCommandType,
} from '#libs/cases';

import { CLOCK } from '../tokens.js';
import type { AskedBy } from './asked.js';
import { occurrenceOf, type WhenHappened } from './happened.js';
import { Recorded } from './recorded.js';

/** Where requests become commands: adds when it happened, and hands them to the bus. */
@Injectable()
export class CommandDesk {
  constructor(
    private readonly bus: CommandBus,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param made id of what the command makes within the case, if it makes anything
   * @throws CommandRefused, VersionConflict, KeyReused
   */
  async onCase<T extends CaseCommandType>(
    caseId: string,
    type: T,
    data: CaseCommandData[T],
    happened: WhenHappened,
    asked: AskedBy,
    made?: string,
  ): Promise<Recorded> {
    const command = { type, data, ...occurrenceOf(happened, this.clock.now()) } as unknown as CaseCommand;
    return new Recorded(await this.bus.execute(new ExecuteCaseCommand({ ...asked, caseId, command })), made);
  }

  /**
   * @param made id of what the command puts on the person's record, if it puts anything
   * @throws CommandRefused, VersionConflict, KeyReused
   */
  async onPerson<T extends PersonCommandType>(
    personId: string,
    type: T,
    data: PersonCommandData[T],
    happened: WhenHappened,
    asked: AskedBy,
    made?: string,
  ): Promise<Recorded> {
    const command = { type, data, ...occurrenceOf(happened, this.clock.now()) } as unknown as PersonCommand;
    return new Recorded(await this.bus.execute(new ExecutePersonCommand({ ...asked, personId, command })), made);
  }

  /**
   * @param made id of what the command makes within the facility, if it makes anything
   * @throws CommandRefused, VersionConflict, KeyReused
   */
  async onFacility<T extends FacilityCommandType>(
    facilityId: string,
    type: T,
    data: FacilityCommandData[T],
    happened: WhenHappened,
    asked: AskedBy,
    made?: string,
  ): Promise<Recorded> {
    const command = { type, data, ...occurrenceOf(happened, this.clock.now()) } as unknown as FacilityCommand;
    return new Recorded(await this.bus.execute(new ExecuteFacilityCommand({ ...asked, facilityId, command })), made);
  }
}
