import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { readCommon, readPathway, type CommonDefinition, type Judged, type PathwayDefinition } from '#libs/pathways';
import { InvalidDefinition } from './errors.js';
import { packageRoot } from './package-root.js';

/** One definition and the name of the file it stands in, without extension: `ocsea`. */
export interface PathwayFile {
  name: string;
  definition: PathwayDefinition;
}

export interface DefinitionFiles {
  common: CommonDefinition;
  pathways: PathwayFile[];
}

/** The vocabulary of a folder of definitions stands in this file. */
export const commonFile = 'common.yaml';

/** The folder of the definitions that the product ships. */
export const shippedFolder = (): string => join(packageRoot(), 'libs', 'pathways', 'definitions');

/**
 * Reads and lints every definition of a folder, in the order of their file names.
 *
 * @throws InvalidDefinition naming every finding of the first file that has an error.
 */
export function readDefinitions(folder: string = shippedFolder()): DefinitionFiles {
  const common = valid(commonFile, judgeCommon(folder));
  return { common, pathways: readPathways(folder, common) };
}

/**
 * Pathways that show what a definition can say. No case begins under one, because nobody answers for it yet: whoever
 * takes it over moves its file to the definitions.
 *
 * @throws InvalidDefinition
 */
export function readExamples(common: CommonDefinition): PathwayFile[] {
  return readPathways(join(packageRoot(), 'libs', 'pathways', 'examples'), common);
}

function readPathways(folder: string, common: CommonDefinition): PathwayFile[] {
  return pathwayPaths(folder).map((path) => ({
    name: basename(path, '.yaml'),
    definition: valid(basename(path), readPathway(readFileSync(path, 'utf8'), common)),
  }));
}

/** The folder's vocabulary, valid or not. */
export function judgeCommon(folder: string): Judged<CommonDefinition> {
  return readCommon(readFileSync(join(folder, commonFile), 'utf8'));
}

/** The files of a folder that hold pathways, by name. */
export function pathwayPaths(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => extname(file) === '.yaml' && file !== commonFile)
    .sort()
    .map((file) => join(folder, file));
}

function valid<Definition>(file: string, { definition, findings }: Judged<Definition>): Definition {
  if (definition === undefined) {
    throw new InvalidDefinition(file, findings);
  }
  return definition;
}
