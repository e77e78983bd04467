import { indexKeyContext } from './index-keys.js';
import { wrapContext } from './key-store.js';
import type { FieldClass } from './field-class.js';

/** A column of texts that the master key wrapped. Rotation wraps them anew without knowing what they are for. */
export interface WrappedColumn {
  readonly table: string;
  /** What tells a row from others of its tenant, with the types of the columns. */
  readonly id: Readonly<Record<string, string>>;
  readonly wrapped: string;
  /** The column that names the master key; null where that was not written down when the text was wrapped. */
  readonly masterKeyId: string;
  /** What the text was bound to when it was wrapped. */
  contextOf(tenant: number, id: Readonly<Record<string, string>>): string;
}

/** What this library keeps itself. */
export const ownColumns: readonly WrappedColumn[] = [
  {
    table: 'child_keys',
    id: { person_id: 'uuid', field_class: 'text', key_id: 'uuid' },
    wrapped: 'wrapped',
    masterKeyId: 'master_key_id',
    contextOf: (tenant, { person_id = '', field_class, key_id = '' }) =>
      wrapContext(tenant, person_id, field_class as FieldClass, key_id),
  },
  {
    table: 'index_keys',
    id: { purpose: 'text', version: 'smallint' },
    wrapped: 'wrapped',
    masterKeyId: 'master_key_id',
    contextOf: (tenant, { purpose = '', version }) => indexKeyContext(tenant, purpose, Number(version)),
  },
];
