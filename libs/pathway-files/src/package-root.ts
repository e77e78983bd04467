import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder that holds the package: the same one for sources and for the compiled program, which lies below it. */
export function packageRoot(from: string = import.meta.dirname): string {
  if (existsSync(join(from, 'package.json'))) {
    return from;
  }
  const parent = dirname(from);
  if (parent === from) {
    throw new Error('no package.json above the program: the pathway definitions cannot be found');
  }
  return packageRoot(parent);
}
