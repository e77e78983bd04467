import { canonicalKhmer } from './khmer.js';
import { foldedLatin, soundOf } from './latin.js';
import { skeletonOf } from './skeleton.js';

export interface WrittenNames {
  familyNameKm?: string | undefined;
  givenNameKm?: string | undefined;
  familyNameLatin?: string | undefined;
  givenNameLatin?: string | undefined;
}

/** A name in the forms in which it is compared. A form is missing where the name is not written in its script. */
export interface NameForms {
  khmer: string | undefined;
  latin: string | undefined;
  sound: string | undefined;
  /** One for each script that the name is written in, or one where they agree. */
  skeletons: readonly string[];
}

/**
 * Family and given name together, in either order: registers take one for the other, and one-word names have no family
 * name at all (reference 15).
 */
export function namesOf({ familyNameKm, givenNameKm, familyNameLatin, givenNameLatin }: WrittenNames): NameForms {
  const khmer = [familyNameKm, givenNameKm];
  const latin = [familyNameLatin, givenNameLatin];
  const skeletons = [together(khmer, skeletonOf), together(latin, skeletonOf)].filter((each) => each !== undefined);
  return {
    khmer: together(khmer, canonicalKhmer),
    latin: together(latin, foldedLatin),
    sound: together(latin, soundOf),
    skeletons: [...new Set(skeletons)],
  };
}

function together(parts: readonly (string | undefined)[], form: (part: string) => string): string | undefined {
  const formed = parts.map((part) => form(part ?? '')).filter((part) => part !== '');
  return formed.length === 0 ? undefined : formed.sort().join(' ');
}
