/** What a drill is handed besides its own arguments. */
export interface Surroundings {
  /** Progress for people, one line at a time. */
  readonly say: (message: string) => void;
  /** Asks the drill to stop and to leave nothing behind. */
  readonly stop: AbortSignal;
}

export interface DrillOutcome {
  /** Whether every promise held, and the drill was able to see it broken. */
  readonly passed: boolean;
  readonly report: object;
}

/** Does harm to real processes of its own, then looks whether the promises held. */
export type Drill = (args: string[], surroundings: Surroundings) => Promise<DrillOutcome>;

/** The drill was called in a way that it does not know. */
export class WrongCall extends Error {
  override readonly name = 'WrongCall';
}
