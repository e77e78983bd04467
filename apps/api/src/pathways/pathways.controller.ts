import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { UnknownPathway, type PathwayRegistry } from '#libs/pathway-files';
import type { CommonDefinition, Pathway, PathwayDefinition } from '#libs/pathways';

import { Tells } from '../description/routes.js';
import { anything, list } from '../description/schema.js';
import { CodePipe } from '../http/code.pipe.js';
import { found } from '../http/found.js';
import { PATHWAYS } from '../tokens.js';
import { pathwaySchema, pathwaySummary, pathwaySummarySchema, type PathwaySummary } from './pathway-views.js';

@ApiTags('Pathways')
@Controller('pathways')
export class PathwaysController {
  constructor(@Inject(PATHWAYS) private readonly registry: PathwayRegistry) {}

  @Get()
  @Tells('Every version of every pathway, with how much of it is unconfirmed', list(pathwaySummarySchema))
  all(): PathwaySummary[] {
    return this.registry.all().map(pathwaySummary);
  }

  @Get('common')
  @Tells('The vocabulary that all pathways share: roles, documents, ladders, labels', anything)
  common(): CommonDefinition {
    return this.registry.common;
  }

  @Get(':pathway')
  @Tells('A pathway: `A_OCSEA` for its present version, `A_OCSEA@1.0.0` for one', pathwaySchema)
  one(@Param('pathway', CodePipe) pathway: string): PathwayDefinition {
    return found(this.registry.find(pathway) ?? this.current(pathway)).definition;
  }

  private current(id: string): Pathway | undefined {
    try {
      return this.registry.current(id);
    } catch (error) {
      if (error instanceof UnknownPathway) return undefined;
      throw error;
    }
  }
}
