/** How a story ends on every side. */
export interface Expectation {
  readonly story: string;
  /** Our id. */
  readonly caseId: string;
  readonly ours: {
    /** States of its referrals. */
    readonly referrals: readonly string[];
  };
  /** Null: Primero never hears of it. */
  readonly primero: null | {
    readonly id: string;
    /** Statuses of its referrals, as Primero's own. */
    readonly transitions: readonly string[];
    /** Statuses of the rows of services. */
    readonly rows: readonly string[];
    readonly fields: Readonly<Record<string, unknown>>;
  };
  /** Null: OSCaR never hears of it. */
  readonly oscar: null | {
    /** Which of its two ids of the child is meant. */
    readonly id: { readonly external: string } | { readonly global: string };
    readonly referrals: readonly string[];
    readonly clients: number;
    readonly fields: Readonly<Record<string, unknown>>;
  };
}
