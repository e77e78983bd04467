/** Why a file is not taken. */
export type FileProblem = 'empty' | 'too_large' | 'kind_unknown' | 'damaged' | 'active' | 'unpacks_too_large';

export class FileRefused extends Error {
  override readonly name = 'FileRefused';

  constructor(
    readonly problem: FileProblem,
    options?: ErrorOptions,
  ) {
    super(problem, options);
  }
}
