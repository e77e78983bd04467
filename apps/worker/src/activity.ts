/** Something that goes on by itself. */
export interface Activity {
  start(): void;
  /** Resolves when what was under way is finished. */
  stop(): Promise<void>;
}
