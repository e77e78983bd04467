import { Inject, Injectable } from '@nestjs/common';

import { pathwayKey } from '#libs/pathways';
import { UnknownPathway, type PathwayRegistry } from '#libs/pathway-files';

import { PATHWAYS } from '../tokens.js';

/** Callers may name a pathway without a version; a case is always pinned to one. */
@Injectable()
export class PathwayVersions {
  constructor(@Inject(PATHWAYS) private readonly registry: PathwayRegistry) {}

  /** The version that new cases begin under. What is unknown stays as it is, for the case to refuse. */
  pinned(pathway: string): string {
    if (pathway.includes('@')) return pathway;
    try {
      return pathwayKey(this.registry.current(pathway).definition);
    } catch (error) {
      if (error instanceof UnknownPathway) return pathway;
      throw error;
    }
  }
}
