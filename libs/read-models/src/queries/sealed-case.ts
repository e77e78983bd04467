import { behindSeal, type KnownCase } from '#libs/cases';
import type { StoredEvent } from '#libs/event-store';
import type { SealingRule } from '#libs/pathways';

/** A case with the history that is shown of it. */
export interface WithHistory {
  state: KnownCase;
  stored: readonly StoredEvent[];
}

/** A record is closed with its past: of its history only what came after the sealing is shown. */
export function sealedCase({ state, stored }: WithHistory, seal: SealingRule): WithHistory {
  const sealed = stored.findIndex(({ type, data }) => type === 'FactsRecorded' && isToldIn(data, seal.fact));
  return { state: behindSeal(state, seal), stored: sealed < 0 ? [] : stored.slice(sealed + 1) };
}

const isToldIn = ({ facts }: StoredEvent['data'], name: string): boolean => Object.hasOwn(facts as object, name);
