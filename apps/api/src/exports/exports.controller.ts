import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

import type { Caller as KnownCaller } from '#libs/access';
import { exportClasses, Exports, expiryOf, type ExportClass, type ExportFile, type StoredExport } from '#libs/exports';
import { purposes, type Purpose } from '#libs/read-audit';

import { Asks, Problems, Tells } from '../description/routes.js';
import { flag, instant, list, nullable, oneOf, shape, text, uuid, whole } from '../description/schema.js';
import { Caller } from '../http/caller.js';
import { field, type Rule } from '../http/field.js';
import { OneOf, optional } from '../http/fields.js';
import { found } from '../http/found.js';
import { IdPipe } from '../http/id.pipe.js';

/** In letters and other signs. "For work" is no reason. */
const shortestReason = 20;
const shortestPassphrase = 12;
const longest = 500;

const wordsOf =
  (least: number): Rule =>
  (value) => {
    if (typeof value !== 'string') return { code: 'wrong_type' };
    if (Array.from(value).length > longest) return { code: 'too_long' };
    if (Array.from(value.trim()).length >= least) return undefined;
    return {
      code: 'invalid',
      message: { en: `needs at least ${least} letters or signs`, km: `ត្រូវមានយ៉ាងតិច ${least} តួអក្សរ ឬសញ្ញា` },
    };
  };

const classesRule: Rule = (value) => {
  if (!Array.isArray(value)) return { code: 'wrong_type' };
  const known: readonly unknown[] = exportClasses;
  return value.every((each) => known.includes(each)) && new Set(value).size === value.length
    ? undefined
    : { code: 'invalid' };
};

class AskForExport {
  @field(wordsOf(shortestReason), { type: String, minLength: shortestReason, description: 'Why it has to leave' })
  reason!: string;

  @OneOf(purposes, 'What it will be used for')
  purpose!: Purpose;

  @field(wordsOf(shortestPassphrase), {
    type: String,
    minLength: shortestPassphrase,
    description: 'Opens the file. It is kept nowhere: who loses it asks for another export',
  })
  passphrase!: string;

  @field(
    classesRule,
    { type: String, enum: [...exportClasses], isArray: true, description: 'What of the child' },
    optional,
  )
  classes?: ExportClass[];
}

type ExportView = ReturnType<typeof exportView>;

function exportView(stored: StoredExport) {
  const { id, askedBy, askedAt, reason, purpose, classes, needsApproval, approvedBy, caseIds } = stored;
  const rows = caseIds.length;
  return {
    id,
    askedBy,
    askedAt,
    reason,
    purpose,
    classes,
    rows,
    needsApproval,
    approvedBy,
    expiresAt: expiryOf(stored),
  };
}

const exportSchema = shape<ExportView>({
  id: uuid,
  askedBy: text,
  askedAt: instant,
  reason: text,
  purpose: oneOf(...purposes),
  classes: list(oneOf(...exportClasses)),
  rows: whole,
  needsApproval: { ...flag, description: 'More than 200 rows, or where children live' },
  approvedBy: nullable(text),
  expiresAt: { ...nullable(instant), description: 'Until when the file can be fetched; null as long as it cannot be' },
});

const fileSchema = shape<ExportFile>({
  format: text,
  export: uuid,
  kdf: shape<ExportFile['kdf']>({ name: text, N: whole, r: whole, p: whole, salt: text }),
  iv: text,
  data: { ...text, description: 'AES-256-GCM over a table in CSV, the tag at its end, in base64' },
});

/** Tables of cases that people take out of the program. */
@ApiTags('Exports')
@Controller('exports')
export class ExportsController {
  constructor(private readonly exports: Exports) {}

  @Post()
  @Asks('Ask for a table of the cases in sight', exportSchema)
  @Problems(413, 415)
  async ask(@Body() { classes = [], ...asked }: AskForExport, @Caller() caller: KnownCaller): Promise<ExportView> {
    return exportView(await this.exports.ask({ ...asked, classes }, caller));
  }

  @Get(':exportId')
  @Tells('An export, for who asked for it and who may agree to it', exportSchema)
  async view(@Param('exportId', IdPipe) id: string, @Caller() caller: KnownCaller): Promise<ExportView> {
    return exportView(found(await this.exports.find(id, caller)));
  }

  @Post(':exportId/approval')
  @HttpCode(200)
  @Tells('Agree to it, as a second person', exportSchema)
  @Problems(403, 415)
  async approve(@Param('exportId', IdPipe) id: string, @Caller() caller: KnownCaller): Promise<ExportView> {
    await this.exports.approve(found(await this.exports.find(id, caller)), caller);
    return exportView(found(await this.exports.find(id, caller)));
  }

  @Get(':exportId/file')
  @Tells('The encrypted file, for who asked for it', fileSchema)
  @Problems(403, 409, 410)
  async file(
    @Param('exportId', IdPipe) id: string,
    @Caller() caller: KnownCaller,
    @Req() request: FastifyRequest,
  ): Promise<ExportFile> {
    const stored = found(await this.exports.find(id, caller));
    return this.exports.fetch(stored, caller, { route: request.routeOptions.url ?? '', traceId: request.id });
  }
}
