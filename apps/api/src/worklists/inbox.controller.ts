import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';

import type { Caller as KnownCaller } from '#libs/access';
import { CaseQueries, type Page } from '#libs/read-models';

import { Paged, Problems, Tells } from '../description/routes.js';
import { pageOf } from '../description/schema.js';
import { Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { PageAsked, readPage } from '../http/read-requests.js';
import { shown } from '../http/shown.js';
import { VersionPipe } from '../http/version.pipe.js';
import { noticeSchema, noticeView, type NoticeView } from './worklist-views.js';

@ApiTags('Inbox')
@Controller('inbox')
export class InboxController {
  constructor(private readonly queries: CaseQueries) {}

  @Get()
  @Paged()
  @Tells("The caller's notices, newest first", pageOf(noticeSchema))
  async inbox(@Query() page: PageAsked, @Caller() caller: KnownCaller): Promise<Page<NoticeView>> {
    return shown(await readPage(page, (part) => this.queries.inbox(caller, part)), noticeView);
  }

  /** Marking what is marked already, or is not the caller's, changes nothing. */
  @Post(':about/:version/read')
  @HttpCode(204)
  @ApiOperation({ summary: 'Mark a notice about a case or facility as read' })
  @ApiResponse({ status: 204, description: 'Marked' })
  @Problems(400, 401, 404, 415, 500, 503)
  async read(
    @Param('about', IdPipe) about: string,
    @Param('version', VersionPipe) version: number,
    @Caller() caller: KnownCaller,
  ): Promise<void> {
    await this.queries.markRead(caller, about, version);
  }
}
