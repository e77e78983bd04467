/** Object ids of PostgreSQL's built-in types, src/include/catalog/pg_type.dat. */
const oid = { bytea: 17, int4: 23, text: 25, uuid: 2950 };

const headerBytes = 20;
const lengthBytes = 4;
const nullLength = -1;
const int4Bytes = 4;
const uuidBytes = 16;

/*
 * Arrays in PostgreSQL's binary form (src/backend/utils/adt/arrayfuncs.c, array_recv). In the text form every quote in
 * every JSON text would be escaped here and unescaped there.
 */

export function textArray(texts: readonly (string | null)[]): Buffer {
  const sizes = texts.map((text) => (text === null ? nullLength : Buffer.byteLength(text)));
  return array(oid.text, sizes, (index, target, offset) => target.write(texts[index] as string, offset));
}

export function byteaArray(values: readonly (Buffer | null)[]): Buffer {
  const sizes = values.map((value) => value?.length ?? nullLength);
  return array(oid.bytea, sizes, (index, target, offset) => values[index]?.copy(target, offset));
}

export function intArray(numbers: readonly number[]): Buffer {
  const sizes = numbers.map(() => int4Bytes);
  return array(oid.int4, sizes, (index, target, offset) => target.writeInt32BE(numbers[index] as number, offset));
}

export function uuidArray(uuids: readonly string[]): Buffer {
  const sizes = uuids.map(() => uuidBytes);
  const digits = (index: number) => (uuids[index] as string).replaceAll('-', '');
  return array(oid.uuid, sizes, (index, target, offset) => target.write(digits(index), offset, 'hex'));
}

type WriteElement = (index: number, target: Buffer, offset: number) => unknown;

/** One dimension, counted from 1; each element is its length and its bytes, a null only the length -1. */
function array(elementOid: number, sizes: readonly number[], write: WriteElement): Buffer {
  const total = sizes.reduce((sum, size) => sum + lengthBytes + Math.max(size, 0), headerBytes);
  const target = Buffer.allocUnsafe(total);
  const header = [1, sizes.includes(nullLength) ? 1 : 0, elementOid, sizes.length, 1];
  header.forEach((value, index) => target.writeInt32BE(value, index * int4Bytes));
  let offset = headerBytes;
  for (const [index, size] of sizes.entries()) {
    target.writeInt32BE(size, offset);
    offset += lengthBytes;
    if (size !== nullLength) {
      write(index, target, offset);
      offset += size;
    }
  }
  return target;
}
