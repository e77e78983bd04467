import type { SignedCheckpoint } from '../checkpoint.js';

/** A place outside the database, and best outside its owner's reach, that keeps checkpoints. */
export interface CheckpointSink {
  /** Tells it from the others, also after a restart. */
  readonly name: string;
  /** Whether it wants all there are from the first on; otherwise it begins with the one that is newest when it is added. */
  readonly fromTheFirst: boolean;
  /** Resolves once it is kept. The same one may come twice. */
  deliver(sequence: number, checkpoint: SignedCheckpoint): Promise<void>;
}
