import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { Records } from '../description/routes.js';
import { Asked, mintId, type AskedBy } from '../http/asked.js';
import { CommandDesk } from '../http/command-desk.js';
import { withoutTime } from '../http/happened.js';
import { IdPipe } from '../http/id.pipe.js';
import type { Recorded } from '../http/recorded.js';
import { BlockContact, RecordContact } from './contact-requests.js';
import { PhoneTokens } from './phone-tokens.js';

@ApiTags('Contacts')
@Controller('cases/:caseId')
export class ContactsController {
  constructor(
    private readonly desk: CommandDesk,
    private readonly phones: PhoneTokens,
  ) {}

  @Post('contacts')
  @Records('Record a contact with the child or the family', { created: true })
  async contact(
    @Param('caseId', IdPipe) caseId: string,
    @Body() body: RecordContact,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    const { contactId = mintId(asked.idempotency), phone, ...contact } = withoutTime(body);
    const data = { ...contact, contactId, ...(await this.phones.of(phone)) };
    return this.desk.onCase(caseId, 'RecordContact', data, body, asked, contactId);
  }

  @Post('contact-blocks')
  @Records('Block a contact for the safety of the child', { created: true })
  async block(
    @Param('caseId', IdPipe) caseId: string,
    @Body() body: BlockContact,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    const { blockId = mintId(asked.idempotency), ...block } = withoutTime(body);
    const data = { ...block, blockId, ...(await this.phones.of(block.phone)) };
    return this.desk.onCase(caseId, 'BlockContact', data, body, asked, blockId);
  }
}
