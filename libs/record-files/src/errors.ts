/** The file can't be read as a table of records. The message names line and column, and never what stands there. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused';
}

/** A record that doesn't fit into the table: it would lose a field, or a text is too long for a cell. */
export class RecordDoesNotFit extends Error {
  override readonly name = 'RecordDoesNotFit';
}
