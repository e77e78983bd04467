import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { Records } from '../description/routes.js';
import { KnownCarers } from '../directory/known-carers.js';
import { Asked, mintId, type AskedBy } from '../http/asked.js';
import { CommandDesk } from '../http/command-desk.js';
import { withoutTime } from '../http/happened.js';
import { IdPipe } from '../http/id.pipe.js';
import type { Recorded } from '../http/recorded.js';
import {
  AddNote,
  AgreeToLowerRisk,
  DeclareConflict,
  MoveTrack,
  RecordDocument,
  RecordFacts,
  SetRiskLevel,
} from './record-requests.js';

@ApiTags('Records')
@Controller('cases/:caseId')
export class RecordsController {
  constructor(
    private readonly desk: CommandDesk,
    private readonly carers: KnownCarers,
  ) {}

  @Post('documents')
  @Records('Record that a document is there. The file itself is kept elsewhere', { created: true })
  async document(
    @Param('caseId', IdPipe) caseId: string,
    @Body() body: RecordDocument,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    const { documentId = mintId(asked.idempotency), mediaType, ...document } = withoutTime(body);
    // Media types are written in any case (RFC 2045, 5.1); those that a pathway refuses are listed in lower case.
    const data = {
      ...document,
      documentId,
      ...(mediaType === undefined ? {} : { mediaType: mediaType.toLowerCase() }),
    };
    return this.desk.onCase(caseId, 'RecordDocument', data, body, asked, documentId);
  }

  @Post('risk-level')
  @Records('Set the risk level; a lower one is proposed, and counts once a supervisor agrees')
  async risk(
    @Param('caseId', IdPipe) caseId: string,
    @Body() body: SetRiskLevel,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    const { proposalId = mintId(asked.idempotency), ...level } = withoutTime(body);
    return this.desk.onCase(caseId, 'SetRiskLevel', { ...level, proposalId }, body, asked, proposalId);
  }

  @Post('risk-proposals/:proposalId/agreement')
  @Records('Agree, as a supervisor with a newer review report, that the risk is lower')
  async agreeToLowerRisk(
    @Param('caseId', IdPipe) caseId: string,
    @Param('proposalId', IdPipe) proposalId: string,
    @Body() body: AgreeToLowerRisk,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onCase(caseId, 'AgreeToLowerRisk', { ...withoutTime(body), proposalId }, body, asked);
  }

  @Post('tracks')
  @Records('Move a track that runs beside the case')
  async track(
    @Param('caseId', IdPipe) caseId: string,
    @Body() body: MoveTrack,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onCase(caseId, 'MoveTrack', withoutTime(body), body, asked);
  }

  @Post('facts')
  @Records('Record facts of the pathway')
  async facts(
    @Param('caseId', IdPipe) caseId: string,
    @Body() body: RecordFacts,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    await this.carers.assertIn(body.facts);
    return this.desk.onCase(caseId, 'RecordFacts', withoutTime(body), body, asked);
  }

  @Post('notes')
  @Records('Write a note', { created: true })
  async note(
    @Param('caseId', IdPipe) caseId: string,
    @Body() body: AddNote,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    const { noteId = mintId(asked.idempotency), ...note } = withoutTime(body);
    return this.desk.onCase(caseId, 'AddNote', { ...note, noteId }, body, asked, noteId);
  }

  @Post('conflicts')
  @Records('Declare a conflict of interest: whoever it names is told nothing of the case', { created: true })
  async conflict(
    @Param('caseId', IdPipe) caseId: string,
    @Body() body: DeclareConflict,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    const { conflictId = mintId(asked.idempotency), ...conflict } = withoutTime(body);
    return this.desk.onCase(caseId, 'DeclareConflict', { ...conflict, conflictId }, body, asked, conflictId);
  }
}
