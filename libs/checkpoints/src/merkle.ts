import { hash } from 'node:crypto';

/** Streams are shared out over this many groups by the end of their id, three hexadecimal digits. */
const groups = 4_096;

const sha256 = (bytes: Buffer): Buffer => hash('sha256', bytes, 'buffer');

/** First bytes of what is hashed, so that a leaf, a group and an inner node can never stand for one another. */
const leafMark = Buffer.from([0]);
const nodeMark = Buffer.from([1]);
const groupMark = Buffer.from([2]);
const emptyGroup = sha256(groupMark);

/** The head of one stream, as a leaf of the tree. */
export interface Head {
  readonly tenant: number;
  readonly streamId: string;
  readonly category: string;
  readonly version: number;
  /** In hexadecimal digits. */
  readonly hash: string;
}

/**
 * The root over the heads of all streams: leaves by group, in the order of their ids, and a binary tree over the groups.
 * PostgreSQL computes the groups (`groupHashesInSql`), so that the heads of a million streams need not be carried out.
 *
 * @param groupHashes of the groups that hold a stream
 */
export function rootOf(groupHashes: ReadonlyMap<number, Buffer>): string {
  let level = Array.from({ length: groups }, (_, group) => groupHashes.get(group) ?? emptyGroup);
  while (level.length > 1) {
    level = Array.from({ length: level.length / 2 }, (_, pair) =>
      sha256(Buffer.concat([nodeMark, level[2 * pair] as Buffer, level[2 * pair + 1] as Buffer])),
    );
  }
  return (level[0] as Buffer).toString('hex');
}

/** The group that a stream belongs to. */
export const groupOf = (streamId: string): number => Number.parseInt(streamId.slice(-3), 16);

/** The hash of a group of heads, which stand in the order of their ids. */
export function groupHash(heads: readonly Head[]): Buffer {
  return sha256(Buffer.concat([groupMark, ...heads.map(leafHash)]));
}

function leafHash({ tenant, streamId, category, version, hash: head }: Head): Buffer {
  return sha256(Buffer.concat([leafMark, Buffer.from(`${tenant} ${streamId} ${category} ${version} ${head}`)]));
}

/** `groupHash` over the rows of `head (stream_id, category, version, hash)`, with what they add up to. */
export const groupHashesInSql = `
  SELECT ('x' || right(stream_id::text, 3))::bit(12)::int AS group, count(*) AS streams, sum(version) AS events,
    sha256('\\x02'::bytea || string_agg(sha256('\\x00'::bytea || convert_to(
      concat_ws(' ', $1::int, stream_id, category, version, encode(hash, 'hex')), 'UTF8')), ''::bytea ORDER BY stream_id)) AS hash
  FROM head GROUP BY 1`;
