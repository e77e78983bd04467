/** A refusal as another system would word it. */
export interface ForeignRefusal {
  readonly status: number;
  readonly body: object;
}
