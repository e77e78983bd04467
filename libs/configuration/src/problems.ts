/** One variable that can't be used, and why. */
export interface Problem {
  readonly variable: string;
  readonly reason: string;
}

/** Thrown with every problem at once, so that an operator corrects the settings in one go. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(['The settings cannot be used:', ...problems.map((each) => `  ${each.variable}: ${each.reason}`)].join('\n'));
    this.name = 'ConfigurationError';
  }
}
