import { Inject, Injectable } from '@nestjs/common';

import type { Spean } from '#libs/composition';
import { findHeld, type Asker, type HeldCase } from '#libs/record-exchange';

import { found } from '../http/found.js';
import { SPEAN } from '../tokens.js';

/** Finds the case that an address names, by any id of it. */
@Injectable()
export class PrimeroCases {
  constructor(@Inject(SPEAN) readonly spean: Spean) {}

  /** @throws RequestProblem when there is none that the program may know of */
  async held(asker: Asker, id: string): Promise<HeldCase> {
    return found(await findHeld(this.spean, 'primero', asker, id));
  }
}
