import { isFields, type Fields } from './fields.js';
import { caseForm, coreForm, fixedOnUpdate, modules, type Form } from './forms.js';
import { judged, uuid } from './values.js';

export interface Checked {
  /** What the record is changed to; dropped fields are in it no more. */
  readonly kept: Fields;
  /** Fields that have the whole record refused, as JSON pointers. */
  readonly pointers: string[];
}

const wholeForm: Form = { ...caseForm, ...coreForm };

/** A new record. Without a module no form is its own, and everything but a few core fields is dropped in silence. */
export function checkedNew(sent: Fields): Checked {
  const { id, module_id } = sent;
  const form = module_id === undefined ? coreForm : wholeForm;
  const { kept, pointers } = checkedFields(form, sent, '');
  const has = (value: unknown): boolean => value !== undefined && (typeof value !== 'object' || value === null);
  if (has(id)) take('id', id, typeof id === 'string' && uuid.test(id));
  if (has(module_id)) take('module_id', module_id, typeof module_id === 'string' && modules.has(module_id));
  return { kept, pointers };

  function take(name: string, value: unknown, right: boolean): void {
    if (right) kept[name] = value;
    else pointers.push(`/${name}`);
  }
}

/** A change. The record keeps its module and its ids whatever is sent. A record of no module takes core fields only. */
export function checkedChange(sent: Fields, module: unknown): Checked {
  const changeable = Object.fromEntries(Object.entries(sent).filter(([name]) => !fixedOnUpdate.has(name)));
  return checkedFields(module === undefined ? coreForm : wholeForm, changeable, '');
}

function checkedFields(form: Form, sent: Fields, at: string): Checked {
  const checked: Checked = { kept: {}, pointers: [] };
  for (const [name, value] of Object.entries(sent)) {
    const field = Object.hasOwn(form, name) ? form[name] : undefined;
    if (field === undefined) continue;
    if (field.kind === 'rows') {
      if (Array.isArray(value)) checked.kept[name] = checkedRows(field.form, value, `${at}/${name}`, checked.pointers);
      continue;
    }
    const verdict = judged(field, value);
    if (verdict === 'wrong') checked.pointers.push(`${at}/${name}`);
    else if (verdict !== 'dropped') checked.kept[name] = verdict.kept;
  }
  return checked;
}

function checkedRows(form: Form, rows: unknown[], at: string, pointers: string[]): Fields[] {
  return rows.filter(isFields).map((row, index) => {
    const checked = checkedFields(form, row, `${at}/${index}`);
    pointers.push(...checked.pointers);
    const { unique_id, _destroy } = row;
    if (unique_id !== undefined && !(typeof unique_id === 'string' && uuid.test(unique_id))) {
      pointers.push(`${at}/${index}/unique_id`);
    }
    return {
      ...checked.kept,
      ...(unique_id === undefined ? {} : { unique_id }),
      ...(_destroy === undefined ? {} : { _destroy }),
    };
  });
}
