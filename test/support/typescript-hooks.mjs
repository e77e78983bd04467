// Module hooks that let plain Node import the TypeScript sources. Jest starts the servers of a test run outside its
// own resolver, before any test, and the build may be absent or old.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

export function resolve(specifier, context, nextResolve) {
  const source = context.parentURL?.endsWith('.ts') && specifier.startsWith('.');
  return nextResolve(source ? specifier.replace(/\.js$/, '.ts') : specifier, {
    ...context,
    conditions: [...context.conditions, 'source'],
  });
}

export async function load(url, context, nextLoad) {
  if (!url.endsWith('.ts')) return nextLoad(url, context);
  const file = fileURLToPath(url);
  const { code } = await transform(await readFile(file, 'utf8'), {
    filename: file,
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'es6' },
    jsc: { target: 'es2023', parser: { syntax: 'typescript', decorators: true } },
  });
  return { format: 'module', source: code, shortCircuit: true };
}
