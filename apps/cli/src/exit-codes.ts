/** What every command of the program ends with; scripts and schedulers rely on it. */
export const exitCodes = { done: 0, checkFails: 1, wrongCall: 2 } as const;

/** The command was asked for something that cannot be: a file or case that is not there. */
export class WrongCall extends Error {
  override readonly name = 'WrongCall';
}
