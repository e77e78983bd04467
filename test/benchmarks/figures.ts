/** What a benchmark found: named figures, for some of them the least that they should be, for others the most they may. */
export interface Figures {
  readonly figures: Readonly<Record<string, number>>;
  readonly targets: Readonly<Record<string, number>>;
  readonly limits?: Readonly<Record<string, number>>;
}

/** Says on the way how far it has come; standard output is for the figures. */
export type Progress = (message: string) => void;

export type Benchmark = (progress: Progress) => Promise<Figures>;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [lower, upper] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (lower === undefined || upper === undefined) throw new RangeError('no values');
  return (lower + upper) / 2;
}

/** Two decimals for ratios, none for rates. */
export function rounded(figure: number): number {
  return Number(figure < 100 ? figure.toFixed(2) : figure.toFixed(0));
}
