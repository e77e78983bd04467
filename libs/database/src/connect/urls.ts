/** Connection strings, one for each purpose. */
export interface DatabaseUrls {
  readonly program: string;
  readonly migrator: string;
  /** Where BullMQ keeps its queues when there is no Redis. */
  readonly queue: string;
  /** Only where the settings reach a superuser. */
  readonly admin?: string;
}

export interface AcquiredDatabase {
  readonly urls: DatabaseUrls;
  /** Stops the embedded database unless somebody else needs it. May be called more than once. */
  release(): Promise<void>;
}
