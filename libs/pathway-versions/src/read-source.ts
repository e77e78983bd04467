import {
  error,
  layOver,
  overlayVersion,
  parseDefinition,
  readOverlay,
  readPathway,
  type CommonDefinition,
  type Pathway,
  type PathwayDefinition,
  type ProvinceOverlay,
} from '#libs/pathways';
import type { Draft } from './decide.js';

/** Which pathway a text is about: a definition, or an overlay laid over one; undefined when it names none. */
export function subjectOf(source: string): { pathway: string; base: string | undefined } | undefined {
  const { value } = parseDefinition(source);
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, overlay, version } = value as Partial<PathwayDefinition & ProvinceOverlay>;
  const pathway = overlay ?? id;
  if (typeof pathway !== 'string' || typeof version !== 'string') return undefined;
  return { pathway, base: overlay === undefined ? undefined : (overlayVersion(version)?.base ?? version) };
}

/** Reads and judges a definition, or an overlay of the version that `find` knows. */
export function readDraft(source: string, common: CommonDefinition, find: (key: string) => Pathway | undefined): Draft {
  const subject = subjectOf(source);
  if (subject?.base === undefined) {
    const { definition, findings } = readPathway(source, common);
    return { pathway: definition && { definition, common }, findings };
  }
  const base = find(`${subject.pathway}@${subject.base}`);
  if (base === undefined) {
    const missing = error('overlay-base', '/version', `There is no version ${subject.base} of ${subject.pathway}`);
    return { pathway: undefined, findings: [missing] };
  }
  const { definition, findings } = readOverlay(source, base);
  return { pathway: definition, findings };
}

/**
 * Reads what was published. It was judged when it was proposed and is not judged again: cases are pinned to it, and a
 * linter that has learned more since must not take their pathway away.
 */
export function readPublished(source: string, common: CommonDefinition, base: Pathway | undefined): Pathway {
  const { value } = parseDefinition(source);
  return base === undefined
    ? { definition: value as PathwayDefinition, common }
    : layOver(value as ProvinceOverlay, base);
}
