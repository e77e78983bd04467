import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Top folder of this checkout: the nearest one above with a package.json, for the sources and for `dist` alike. */
export function checkoutDirectory(): string {
  let directory = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(directory, 'package.json'))) {
    const parent = path.dirname(directory);
    if (parent === directory) throw new Error('No package.json in any folder above the program');
    directory = parent;
  }
  return directory;
}
