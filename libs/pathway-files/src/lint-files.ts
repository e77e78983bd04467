import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  lintChange,
  parseDefinition,
  readCommon,
  readPathway,
  type CommonDefinition,
  type Finding,
  type PathwayDefinition,
} from '#libs/pathways';
import { commonFile, judgeCommon, pathwayPaths, shippedFolder } from './read-files.js';

export interface FileFinding extends Finding {
  file: string;
}

/**
 * All findings in these files: pathways, and common vocabularies (files with ladders instead of states). A pathway is
 * judged by the vocabulary beside it, or else by the shipped one; and when the product ships a pathway of the same
 * id, it may not take away what that one protects.
 *
 * @throws Error when a file cannot be read.
 */
export function lintFiles(files: readonly string[]): FileFinding[] {
  return files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return isCommon(parseDefinition(text).value) ? inFile(file, readCommon(text).findings) : lintPathway(file, text);
  });
}

const isCommon = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'ladders' in value && !('states' in value);

function lintPathway(file: string, text: string): FileFinding[] {
  const folder = existsSync(join(dirname(file), commonFile)) ? dirname(file) : shippedFolder();
  const { definition: common, findings: commonFindings } = judgeCommon(folder);
  if (common === undefined) {
    return inFile(join(folder, commonFile), commonFindings);
  }
  const { definition, findings } = readPathway(text, common);
  return inFile(file, definition ? [...findings, ...lossesOf(definition, common)] : findings);
}

/** What the definition removes of the shipped version of the same pathway. */
function lossesOf(definition: PathwayDefinition, common: CommonDefinition): Finding[] {
  return pathwayPaths(shippedFolder())
    .map((path) => readPathway(readFileSync(path, 'utf8'), common).definition)
    .filter((shipped) => shipped !== undefined)
    .filter(({ id }) => id === definition.id)
    .flatMap((shipped) => lintChange(shipped, definition));
}

const inFile = (file: string, findings: readonly Finding[]): FileFinding[] =>
  findings.map((finding) => ({ file, ...finding }));
