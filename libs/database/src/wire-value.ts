/** A parameter as PostgreSQL's protocol carries it: text, bytes, or null. */
export type WireValue = string | Buffer | null;

/** Arrays become PostgreSQL arrays and other objects JSON, as pg does it for its own queries. */
export function wireValue(value: unknown): WireValue {
  if (value === null || value === undefined) {
    return null;
  }
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') {
    return String(value);
  }
  if (Buffer.isBuffer(value)) {
    return value;
  }
  if (value instanceof Date) {
    return value.toISOString();
  }
  return Array.isArray(value) ? `{${value.map(arrayElement).join(',')}}` : JSON.stringify(value);
}

function arrayElement(value: unknown): string {
  if (Array.isArray(value)) {
    return wireValue(value) as string;
  }
  const wire = wireValue(value);
  if (wire === null) {
    return 'NULL';
  }
  const text = typeof wire === 'string' ? wire : `\\x${wire.toString('hex')}`;
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
