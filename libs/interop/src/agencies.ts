/** Primero puts this before the code that OSCaR uses for the same organisation. */
const prefix = 'agency-';

/** The government side of the exchange, when a record doesn't say which of its agencies. */
export const GOVERNMENT = 'mosvy';

export function fromPrimeroAgency(agency: string): string | undefined {
  const code = agency.trim();
  const stripped = code.startsWith(prefix) ? code.slice(prefix.length) : code;
  return stripped === '' ? undefined : stripped;
}

export const toPrimeroAgency = (agency: string): string => `${prefix}${agency}`;
