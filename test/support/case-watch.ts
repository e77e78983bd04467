import type { Instant } from '#libs/calendar';

import type { DeadlineView, Program } from './program.js';

/** One open deadline on somebody's worklist. */
export interface Task {
  readonly caseId: string;
  readonly deadline: string;
  readonly definition: string;
  readonly dueAt: Instant;
  readonly overdueHours: number | null;
}

const comingOfAge = ['R11', 'R12'];

/** What a story asks about its one case, in few words. */
export class CaseWatch {
  constructor(
    private readonly program: Program,
    private readonly caseId: string,
  ) {}

  deadline(of: string): Promise<DeadlineView | undefined> {
    return this.program.deadline(this.caseId, of);
  }

  /** All with this definition, in the order of their due times. */
  async occurrences(definition: string): Promise<DeadlineView[]> {
    const all = await this.program.deadlines(this.caseId);
    return all
      .filter((each) => each.definition === definition)
      .sort((one, other) => one.dueAt.localeCompare(other.dueAt));
  }

  /** Definitions of what is still due, or overdue, but for the two of the 18th birthday, which every child has. */
  async open(): Promise<string[]> {
    const all = await this.program.deadlines(this.caseId);
    return all
      .filter(({ status, definition }) => ['due', 'overdue'].includes(status) && !comingOfAge.includes(definition))
      .map(({ definition }) => definition)
      .sort();
  }

  /** When each rung was reached, and who found the notice. */
  async told(of: string): Promise<string[][]> {
    return (await this.program.escalations(this.caseId, of)).map(({ at, told }) => [at, ...told]);
  }

  async tasks(staff: string, list: 'mine' | 'team' | 'overdue'): Promise<Task[]> {
    const { items } = await this.program.as(staff).get<{ items: Task[] }>(`/worklists/${list}?limit=100`);
    return items.filter(({ caseId }) => caseId === this.caseId);
  }
}
