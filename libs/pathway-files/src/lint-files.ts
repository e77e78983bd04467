import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  error,
  lintChange,
  lintMigration,
  overlayVersion,
  parseDefinition,
  readCommon,
  readOverlay,
  readPathway,
  type CommonDefinition,
  type Finding,
  type PathwayDefinition,
  type ProvinceOverlay,
} from '#libs/pathways';
import { commonFile, judgeCommon, pathwayPaths, readDefinitions, shippedFolder } from './read-files.js';

export interface FileFinding extends Finding {
  file: string;
}

/**
 * All findings in these files: pathways, overlays of provinces, and common vocabularies (files with ladders instead of
 * states). A pathway is judged by the vocabulary beside it, or else by the shipped one; and when the product ships a
 * pathway of the same id, it may not take away what that one protects.
 *
 * @throws Error when a file cannot be read.
 */
export function lintFiles(files: readonly string[]): FileFinding[] {
  return files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const { value } = parseDefinition(text);
    if (has(value, 'ladders') && !has(value, 'states')) return inFile(file, readCommon(text).findings);
    return has(value, 'overlay') ? lintOverlay(file, text, value as ProvinceOverlay) : lintPathway(file, text);
  });
}

const has = (value: unknown, key: string): boolean => typeof value === 'object' && value !== null && key in value;

/** The numbers of a province are judged by the version beside them, or else by the shipped one. */
function lintOverlay(file: string, text: string, { overlay, version }: ProvinceOverlay): FileFinding[] {
  const { common, pathways } = readDefinitions(folderFor(file));
  const under = overlayVersion(version)?.base;
  const base = pathways.find(({ definition }) => definition.id === overlay && definition.version === under);
  return inFile(
    file,
    base === undefined
      ? [error('overlay-base', '/version', `There is no version for ${version} to be laid over`)]
      : readOverlay(text, { definition: base.definition, common }).findings,
  );
}

const folderFor = (file: string): string =>
  existsSync(join(dirname(file), commonFile)) ? dirname(file) : shippedFolder();

function lintPathway(file: string, text: string): FileFinding[] {
  const folder = folderFor(file);
  const { definition: common, findings: commonFindings } = judgeCommon(folder);
  if (common === undefined) {
    return inFile(join(folder, commonFile), commonFindings);
  }
  const { definition, findings } = readPathway(text, common);
  return inFile(file, definition ? [...findings, ...lossesOf(definition, common)] : findings);
}

/** What the definition removes of the shipped version of the same pathway, and what its map from it leaves out. */
function lossesOf(definition: PathwayDefinition, common: CommonDefinition): Finding[] {
  return pathwayPaths(shippedFolder())
    .map((path) => readPathway(readFileSync(path, 'utf8'), common).definition)
    .filter((shipped) => shipped !== undefined)
    .filter(({ id }) => id === definition.id)
    .flatMap((shipped) => [...lintChange(shipped, definition), ...lintMigration(shipped, definition)]);
}

const inFile = (file: string, findings: readonly Finding[]): FileFinding[] =>
  findings.map((finding) => ({ file, ...finding }));
