import { Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';

import type { Caller as KnownCaller } from '#libs/access';
import { AttachmentVault, inspect } from '#libs/attachments';
import type { Clock } from '#libs/calendar';
import { CaseCommands, storeAttachment } from '#libs/case-commands';
import { holdsLink } from '#libs/cases';
import { CaseQueries } from '#libs/read-models';

import { Problems, Records } from '../description/routes.js';
import { Asked, type AskedBy } from '../http/asked.js';
import { Caller } from '../http/caller.js';
import { fileType, type RequestWithFile } from '../http/file-body.js';
import { found } from '../http/found.js';
import { occurrenceOf } from '../http/happened.js';
import { IdPipe } from '../http/id.pipe.js';
import { RequestProblem } from '../http/problem.js';
import { Recorded } from '../http/recorded.js';
import { CLOCK } from '../tokens.js';
import { fileNameHeader, fileNameIn } from './file-name.js';
import { ShownFile } from './shown-file.js';

const file = { type: 'string', format: 'binary' } as const;

@ApiTags('Records')
@Controller('cases/:caseId/documents/:documentId/attachment')
export class AttachmentsController {
  constructor(
    private readonly commands: CaseCommands,
    private readonly queries: CaseQueries,
    private readonly attachments: AttachmentVault,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @Records('Attach a file to a document, once: PDF, PNG, JPEG, plain text, DOCX or ODT, told by its content', {
    created: true,
  })
  @ApiConsumes(fileType)
  @ApiBody({ schema: file, description: 'At most 10 MB' })
  @ApiHeader({
    name: fileNameHeader,
    required: false,
    description: 'Name of the file, percent-encoded UTF-8, ending as the content is',
  })
  async store(
    @Param('caseId', IdPipe) caseId: string,
    @Param('documentId', IdPipe) documentId: string,
    @Req() request: RequestWithFile,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    if (request.file === undefined) throw new RequestProblem('file-expected');
    const { kind, content, text } = await inspect(request.file);
    const fileName = fileNameIn(request.headers[fileNameHeader], kind);
    const data = {
      documentId,
      kind,
      ...(fileName === undefined ? {} : { fileName }),
      ...(text !== undefined && holdsLink(text) ? { holdsLink: true as const } : {}),
    };
    const command = { type: 'StoreAttachment' as const, data, ...occurrenceOf({}, this.clock.now()) };
    return new Recorded(
      await storeAttachment(
        { commands: this.commands, attachments: this.attachments },
        { ...asked, caseId, command, content },
      ),
      documentId,
    );
  }

  @Get()
  @ApiOperation({ summary: 'The file of a document, for those who may read what people wrote in the case' })
  @ApiProduces(fileType)
  @ApiResponse({ status: 200, description: 'The file, under its own media type', schema: file })
  @Problems(400, 401, 404, 429, 500, 503)
  async fetch(
    @Param('caseId', IdPipe) caseId: string,
    @Param('documentId', IdPipe) documentId: string,
    @Caller() caller: KnownCaller,
  ): Promise<ShownFile> {
    const { attachmentId, personId, kind, size, fileName, digest } = found(
      await this.queries.findAttachment(caseId, documentId, caller),
    );
    const content = await this.attachments.open({ personId, caseId, documentId, attachmentId }, digest);
    return new ShownFile(content, kind, personId, { fileName, size });
  }
}
