import { Code, Day, optional, Words } from '../http/fields.js';

/** Characters: the longest definition fits twice. */
const longestDefinition = 200_000;

export class ProposeVersion {
  @Words('Definition of a pathway, or overlay of a province, in YAML', { longest: longestDefinition })
  source!: string;

  @Day('First day on which cases begin under it; absent: at once when it is published', optional)
  effectiveOn?: string;
}

/** Which two versions are compared. */
export class ComparisonAsked {
  @Code('The earlier version: `1.0.0`')
  from!: string;

  @Code('The later version: `1.1.0`')
  to!: string;
}
