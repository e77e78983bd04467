import { inOrder, judge, type ChildsNeed, type Match, type Offer } from './fit.js';

/** A service that a referral asks for. */
export interface ServiceNeed extends ChildsNeed {
  fromAgency: string;
  /** Agencies that were asked for this service in this case before, whatever they answered. */
  asked: readonly string[];
}

/** An agency's entry in the directory for the service that is asked for. */
export interface ProvidedService extends Offer {
  agency: string;
}

/** Every provider of a service, the next one to ask first; nobody is asked twice, nor anybody in conflict of interest. */
export function matchProviders<Candidate extends ProvidedService>(
  need: ServiceNeed,
  candidates: readonly Candidate[],
): Match<Candidate>[] {
  const judged = candidates.map((candidate) =>
    judge(need, candidate, [
      ...(candidate.agency === need.fromAgency ? (['SENDER'] as const) : []),
      ...(need.conflicts.includes(candidate.agency) ? (['CONFLICT_OF_INTEREST'] as const) : []),
      ...(need.asked.includes(candidate.agency) ? (['ALREADY_ASKED'] as const) : []),
    ]),
  );
  return inOrder(judged, ({ agency }) => agency);
}

/** Whom to ask next, if anybody. */
export function nextProvider(need: ServiceNeed, candidates: readonly ProvidedService[]): string | undefined {
  return matchProviders(need, candidates).find(({ fits }) => fits)?.offer.agency;
}
