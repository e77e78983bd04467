import { join } from 'node:path';
import { commonPage, commonSchema, guardsPage, overlaySchema, pathwayPage, pathwaySchema } from '#libs/pathways';
import { packageRoot } from './package-root.js';
import { readDefinitions, readExamples } from './read-files.js';

/** A file that is generated from the definitions and kept in the repository for readers. */
export interface PublishedFile {
  path: string;
  text: string;
}

/** The pages about the shipped pathways, the examples, and the JSON Schemas of the format, as they should read now. */
export function publishedFiles(): PublishedFile[] {
  const { common, pathways } = readDefinitions();
  const examples = readExamples(common);
  const page = (name: string): string => join(packageRoot(), 'docs', 'pathways', `${name}.md`);
  const schema = (name: string): string => join(packageRoot(), 'libs', 'pathways', 'schema', `${name}.schema.json`);
  return [
    { path: page('common'), text: commonPage(common) },
    ...pathways.map(({ name, definition }) => ({ path: page(name), text: pathwayPage(definition) })),
    ...examples.map(({ name, definition }) => ({ path: page(`examples/${name}`), text: pathwayPage(definition) })),
    { path: page('guards'), text: guardsPage([...pathways, ...examples].map(({ definition }) => definition)) },
    { path: schema('common'), text: asJson(commonSchema) },
    { path: schema('pathway'), text: asJson(pathwaySchema) },
    { path: schema('overlay'), text: asJson(overlaySchema) },
  ];
}

const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
