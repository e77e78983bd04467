import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import type { Caller as KnownCaller } from '#libs/access';
import { parseInstant } from '#libs/calendar';
import { supervises } from '#libs/cases';
import { Database, type DatabaseContext } from '#libs/database';
import { readersOf, type Reading } from '#libs/read-audit';
import { CaseQueries, decodeCursor, pageOf as pageFrom, type Page } from '#libs/read-models';

import { Paged, Tells } from '../description/routes.js';
import { instant, list, nullable, pageOf, shape, text, whole } from '../description/schema.js';
import { Caller } from '../http/caller.js';
import { Moment, optional } from '../http/fields.js';
import { found } from '../http/found.js';
import { IdPipe } from '../http/id.pipe.js';
import { PageAsked, readPage } from '../http/read-requests.js';
import { CONTEXT } from '../tokens.js';

class ReadersAsked extends PageAsked {
  @Moment('From this moment on', optional)
  from?: string;

  @Moment('Before this moment', optional)
  to?: string;
}

const readingSchema = shape<Reading>({
  id: whole,
  at: instant,
  reader: { ...text, description: 'Member of staff, or the part of the program' },
  agency: { ...nullable(text), description: 'Null where the program itself read' },
  roles: list(text),
  relations: { ...list(text), description: 'How the reader stood to the case at that time' },
  purpose: text,
  route: text,
  classes: { ...list(text), description: 'Field classes that were opened' },
  records: { ...whole, description: 'Children whose records the same answer showed' },
  traceId: text,
});

/** Who saw this child's record: for those who answer for it, and to print for the child or caregiver who asks. */
@ApiTags('One child, several cases')
@Controller('persons/:personId')
export class ReadersController {
  constructor(
    private readonly queries: CaseQueries,
    private readonly database: Database,
    @Inject(CONTEXT) private readonly context: DatabaseContext,
  ) {}

  @Get('readers')
  @Paged()
  @Tells('Who was shown something of this child, when and what for, the latest first', pageOf(readingSchema))
  async readers(
    @Param('personId', IdPipe) personId: string,
    @Query() { from, to, ...page }: ReadersAsked,
    @Caller() caller: KnownCaller,
  ): Promise<Page<Reading>> {
    const personIds = found(await this.recordsFor(personId, caller));
    return readPage(page, async (part) => {
      const [before] = decodeCursor(part.cursor, 1) ?? [];
      const asked = {
        personIds,
        limit: part.limit + 1,
        from: from === undefined ? undefined : parseInstant(from),
        to: to === undefined ? undefined : parseInstant(to),
        before: before === undefined ? undefined : Number(before),
      };
      const rows = await this.database.read(this.context, (queries) => readersOf(queries, asked));
      return pageFrom(
        rows,
        part,
        (row) => row,
        ({ id }) => [id],
      );
    });
  }

  /** All records of the child, for those who answer for others' work and see the child; undefined for everybody else. */
  private async recordsFor(personId: string, caller: KnownCaller): Promise<string[] | undefined> {
    return supervises(caller) ? (await this.queries.findChild(personId, caller))?.records : undefined;
  }
}
