import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseCommands } from './case-commands.js';
import type { Answer, CaseRequest, FacilityRequest, PersonRequest } from './request.js';

export class ExecuteCaseCommand extends Command<Answer> {
  constructor(readonly request: CaseRequest) {
    super();
  }
}

export class ExecutePersonCommand extends Command<Answer> {
  constructor(readonly request: PersonRequest) {
    super();
  }
}

export class ExecuteFacilityCommand extends Command<Answer> {
  constructor(readonly request: FacilityRequest) {
    super();
  }
}

/** Typed dispatch only: nothing that must survive a crash rides on the bus. */
@CommandHandler(ExecuteCaseCommand)
export class ExecuteCaseCommandHandler implements ICommandHandler<ExecuteCaseCommand> {
  constructor(private readonly commands: CaseCommands) {}

  execute({ request }: ExecuteCaseCommand): Promise<Answer> {
    return this.commands.execute(request);
  }
}

@CommandHandler(ExecutePersonCommand)
export class ExecutePersonCommandHandler implements ICommandHandler<ExecutePersonCommand> {
  constructor(private readonly commands: CaseCommands) {}

  execute({ request }: ExecutePersonCommand): Promise<Answer> {
    return this.commands.executePerson(request);
  }
}

@CommandHandler(ExecuteFacilityCommand)
export class ExecuteFacilityCommandHandler implements ICommandHandler<ExecuteFacilityCommand> {
  constructor(private readonly commands: CaseCommands) {}

  execute({ request }: ExecuteFacilityCommand): Promise<Answer> {
    return this.commands.executeFacility(request);
  }
}
