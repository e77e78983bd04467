/** Object ids of PostgreSQL's built-in types, src/include/catalog/pg_type.dat. */
const oid = { bytea: 17, int2: 21, int4: 23, text: 25, json: 114, timestamptz: 1184, uuid: 2950 };

/** A field of a composite type and what stands in it: hexadecimal digits for uuid, an ISO 8601 instant for timestamptz. */
export type Field =
  | { readonly type: 'int2' | 'int4'; readonly value: number }
  | { readonly type: 'text' | 'json' | 'uuid' | 'timestamptz'; readonly value: string | null }
  | { readonly type: 'bytea'; readonly value: Buffer | null };

const lengthBytes = 4;
const nullLength = -1;
const startBytes = 4096;
/** PostgreSQL counts from 1 January 2000, in microseconds. */
const postgresEpochMs = Date.UTC(2000, 0, 1);
const longestUtf8 = 3; // bytes for each UTF-16 unit

/**
 * An array of rows of one composite type in PostgreSQL's binary form (array_recv and record_recv in
 * src/backend/utils/adt). In the text form every quote in every JSON text would be escaped here and unescaped there, and
 * one array for each column would be taken apart into a table each. The type's own object id may be left out: PostgreSQL
 * takes the one that the statement names.
 */
export function recordArray(rows: readonly (readonly Field[])[]): Buffer {
  const writer = new Writer();
  [1, 0, 0, rows.length, 1].forEach((value) => writer.int4(value)); // dimensions, nulls, type, length, first index
  for (const fields of rows) {
    writer.measured(() => {
      writer.int4(fields.length);
      for (const field of fields) {
        writer.int4(oid[field.type]);
        writeField(writer, field);
      }
    });
  }
  return writer.written();
}

function writeField(writer: Writer, field: Field): void {
  if (field.value === null) {
    writer.int4(nullLength);
    return;
  }
  writer.measured(() => {
    switch (field.type) {
      case 'int2':
        return writer.int2(field.value);
      case 'int4':
        return writer.int4(field.value);
      case 'uuid':
        return writer.text(field.value as string, 'hex');
      case 'timestamptz':
        return writer.int8((Date.parse(field.value as string) - postgresEpochMs) * 1000);
      case 'bytea':
        return writer.bytes(field.value as Buffer);
      default:
        return writer.text(field.value as string, 'utf8');
    }
  });
}

class Writer {
  #target = Buffer.allocUnsafe(startBytes);
  #length = 0;

  int2(value: number): void {
    this.#length = this.#roomFor(2).writeInt16BE(value, this.#length);
  }

  int4(value: number): void {
    this.#length = this.#roomFor(4).writeInt32BE(value, this.#length);
  }

  int8(value: number): void {
    this.#length = this.#roomFor(8).writeBigInt64BE(BigInt(value), this.#length);
  }

  text(value: string, encoding: 'utf8' | 'hex'): void {
    this.#length += this.#roomFor(value.length * longestUtf8).write(value, this.#length, encoding);
  }

  bytes(value: Buffer): void {
    this.#length += value.copy(this.#roomFor(value.length), this.#length);
  }

  /** What `write` writes, behind its length. */
  measured(write: () => void): void {
    const start = this.#length;
    this.int4(0);
    write();
    this.#target.writeInt32BE(this.#length - start - lengthBytes, start);
  }

  written(): Buffer {
    return this.#target.subarray(0, this.#length);
  }

  #roomFor(bytes: number): Buffer {
    if (this.#target.length - this.#length < bytes) {
      this.#target = Buffer.concat([this.#target], Math.max(this.#target.length * 2, this.#length + bytes));
    }
    return this.#target;
  }
}
