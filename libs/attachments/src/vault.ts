import { createHash } from 'node:crypto';

import type { Database, DatabaseContext } from '#libs/database';
import type { KeyStore } from '#libs/privacy';

import { AttachmentBroken, openChunks, sealChunks } from './chunks.js';
import type { ObjectStore } from './object-store.js';

/** Where an attachment belongs. It opens nowhere else. */
export interface AttachmentPlace {
  readonly personId: string;
  readonly caseId: string;
  readonly documentId: string;
  readonly attachmentId: string;
}

/** What is attached shows what the narrative of a case shows. */
export const attachmentClass = 'narrative';

/** The files of children, sealed by the child's own key: with the key gone, what is left of them is noise. */
export class AttachmentVault {
  readonly #database: Database;
  readonly #context: DatabaseContext;
  readonly #keys: KeyStore;
  readonly #store: ObjectStore;

  constructor(
    { database, context, keyStore }: { database: Database; context: DatabaseContext; keyStore: KeyStore },
    store: ObjectStore,
  ) {
    this.#database = database;
    this.#context = context;
    this.#keys = keyStore;
    this.#store = store;
  }

  /**
   * Resolves once the sealed file is durable.
   *
   * @returns the SHA-256 of what lies there, by which the log knows it
   * @throws KeyDestroyed when the child was erased
   */
  async put(place: AttachmentPlace, clear: Buffer): Promise<string> {
    const key = await this.#database.unitOfWork.run(this.#context, async (tx) =>
      (await this.#keys.keysFor(tx, place.personId, [attachmentClass])).get(attachmentClass),
    );
    if (key === undefined) throw new TypeError('a key that was made is there');
    const digest = createHash('sha256');
    const sealed = async function* () {
      for (const chunk of sealChunks(key.key, place.attachmentId, clear)) {
        digest.update(chunk);
        yield chunk;
      }
    };
    await this.#store.put(keyOf(place), sealed());
    return digest.digest('hex');
  }

  /**
   * The file in clear; it is opened whole before any of it is shown.
   *
   * @throws AttachmentBroken also when it is gone
   */
  async open(place: AttachmentPlace, digest: string): Promise<Buffer> {
    const keys = await this.#database.read(this.#context, (queries) =>
      this.#keys.keysOf(queries, place.personId, [attachmentClass]),
    );
    const key = keys.get(attachmentClass);
    const stream = await this.#store.get(keyOf(place));
    if (stream === undefined || key === undefined) throw new AttachmentBroken('an attachment is gone');
    const sealed = Buffer.concat((await stream.toArray()) as Buffer[]);
    if (createHash('sha256').update(sealed).digest('hex') !== digest) {
      throw new AttachmentBroken('an attachment is not the one that the log knows');
    }
    return openChunks(key.key, place.attachmentId, sealed);
  }

  async delete(place: AttachmentPlace): Promise<void> {
    await this.#store.delete(keyOf(place));
  }

  /** A document has one attachment: whatever else lies with it is of uploads that were lost on the way. */
  async deleteLost(kept: AttachmentPlace): Promise<void> {
    const keys = await this.#store.keysUnder(`${kept.caseId}/${kept.documentId}/`);
    await this.#deleteAll(keys.filter((key) => key !== keyOf(kept)));
  }

  /** Deletes whatever lies with these cases, also what was lost on the way. */
  async deleteOfCases(caseIds: readonly string[]): Promise<void> {
    for (const caseId of caseIds) await this.#deleteAll(await this.#store.keysUnder(`${caseId}/`));
  }

  async #deleteAll(keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#store.delete(key);
  }
}

const keyOf = ({ caseId, documentId, attachmentId }: AttachmentPlace): string =>
  `${caseId}/${documentId}/${attachmentId}`;
