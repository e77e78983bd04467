import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';

import { PathwayPublishing } from '#libs/law';
import { partsOfKey, type Change } from '#libs/pathways';

import { Records, Tells } from '../description/routes.js';
import { list, text } from '../description/schema.js';
import { Asked, type AskedBy } from '../http/asked.js';
import { CodePipe } from '../http/code.pipe.js';
import { found } from '../http/found.js';
import { Recorded } from '../http/recorded.js';
import { ComparisonAsked, ProposeVersion } from './version-requests.js';
import { changeSchema, versionSchema, versionView, type VersionView } from './version-views.js';

/** How a new version of the law comes into force: proposed, read as a difference, agreed to. */
@ApiTags('Pathways')
@Controller('pathways')
export class PathwayVersionsController {
  constructor(private readonly publishing: PathwayPublishing) {}

  @Post('versions')
  @Records('Propose a version of a pathway, or an overlay of a province', { created: true })
  async propose(@Body() body: ProposeVersion, @Asked() asked: AskedBy): Promise<Recorded> {
    return new Recorded(await this.publishing.propose(body, asked));
  }

  @Post('versions/:key/approval')
  @Records('Agree to a version; with enough agreement it is published')
  async approve(@Param('key', CodePipe) key: string, @Asked() asked: AskedBy): Promise<Recorded> {
    const { id, version } = partsOfKey(key);
    return new Recorded(await this.publishing.approve(id, found(version), asked));
  }

  @Get(':pathway/versions')
  @Tells('Versions that were proposed since those the product ships, with who agreed', list(versionSchema))
  async versions(@Param('pathway', CodePipe) pathway: string): Promise<VersionView[]> {
    return (await this.publishing.versions(pathway)).map(versionView);
  }

  @Get(':pathway/diff')
  @ApiQuery({ name: 'from', schema: text, description: 'The earlier version: `1.0.0`' })
  @ApiQuery({ name: 'to', schema: text, description: 'The later version, proposed or published' })
  @Tells('What is different between two versions, with what touches the safety of children marked', list(changeSchema))
  async compare(
    @Param('pathway', CodePipe) pathway: string,
    @Query() { from, to }: ComparisonAsked,
  ): Promise<Change[]> {
    return found(await this.publishing.compare(pathway, from, to));
  }
}
