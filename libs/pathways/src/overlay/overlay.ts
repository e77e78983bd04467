import type { CommonDefinition, PathwayDefinition } from '../definition.js';

/** Which province an overlay is for, which version it is laid over, and which one of that province's it is. */
export interface OverlayVersion {
  base: string;
  province: string;
  revision: number;
}

/**
 * Other numbers for one province, laid over one version of a pathway: due times, the hours of ladders, the quorum. Cases
 * of the province that begin while it is in force are pinned to it (pathways 1.4 and 1.9).
 */
export interface ProvinceOverlay {
  /** Id of the pathway. */
  overlay: string;
  /** `1.0.0+12.1`: laid over version 1.0.0, for province 12, the first one. */
  version: string;
  /** Where the numbers come from, in words. */
  basis: string;
  /** What takes the place of which number: JSON pointer into the definition, or into `ladders` of the vocabulary. */
  numbers: Record<string, number | string>;
}

const shape = /^(\d+\.\d+\.\d+)\+(\d{2})\.([1-9]\d*)$/;

/** Reads the version of an overlay; undefined for that of a pathway. */
export function overlayVersion(version: string): OverlayVersion | undefined {
  const [, base, province, revision] = shape.exec(version) ?? [];
  if (base === undefined || province === undefined) return undefined;
  return { base, province, revision: Number(revision) };
}

/** What an overlay can be laid over: the definition with the ladders that it climbs. */
export type Overlaid = PathwayDefinition & Pick<CommonDefinition, 'ladders'>;

/** The places of numbers that a province may set; everywhere else stand structure and guards. */
const places = [
  /^\/deadlines\/[^/]+\/due\/\d+\/(within|withinWorkingDays|schedule\/\d+)$/,
  /^\/gates\/[^/]+\/quorum$/,
  /^\/gates\/[^/]+\/reviewWithin\/[^/]+$/,
  /^\/ladders\/[^/]+\/rungs\/\d+\/at$/,
];

export const mayBeSet = (pointer: string): boolean => places.some((place) => place.test(pointer));

/** The value at a pointer; undefined where nothing stands. */
export function valueAt(value: unknown, pointer: string): unknown {
  return segmentsOf(pointer).reduce<unknown>(
    (part, key) =>
      typeof part === 'object' && part !== null && Object.hasOwn(part, key) ? part[key as never] : undefined,
    value,
  );
}

/** A copy with other values at pointers that exist. */
export function withNumbers(value: Overlaid, numbers: ProvinceOverlay['numbers']): Overlaid {
  const copy = structuredClone(value);
  for (const [pointer, number] of Object.entries(numbers)) {
    const keys = segmentsOf(pointer);
    const holder = valueAt(copy, `/${keys.slice(0, -1).join('/')}`) as Record<string, unknown>;
    holder[keys.at(-1) ?? ''] = number;
  }
  return copy;
}

const segmentsOf = (pointer: string): string[] => pointer.split('/').slice(1);
