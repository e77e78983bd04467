export { NotACheckpoint, type Checkpoint } from './checkpoint.js';
export { sinkStates, type SinkState } from './checkpoint-store.js';
export { Checkpoints, type CheckpointParts } from './checkpoints.js';
export { openCheckpoints } from './open-checkpoints.js';
export { readCheckpoints } from './read-checkpoints.js';
export { PublicKey, SigningKey, SigningKeyUnusable } from './signing-key.js';
export { checkpointFile, FolderSink } from './sinks/folder-sink.js';
export { verifyCheckpoints, type CheckpointFault, type CheckpointVerification } from './verify-checkpoint.js';
