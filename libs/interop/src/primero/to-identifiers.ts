import { present } from '../objects.js';
import type { ExportInput } from '../translation.js';
import { freeText } from './free-text.js';
import { readUuid } from './vocabulary.js';

export interface PrimeroIds {
  id: string;
  case_id: string;
  case_id_display?: string;
  oscar_number?: string;
  oscar_short_id?: string;
}

/** Primero's own ids, and ours where it gave none: it lets a client choose the id of a new case. */
export function caseIdsOf({ caseId, case: { foreign } }: ExportInput): PrimeroIds {
  const known: Record<string, string | undefined> = { ...foreign.oscar?.identifiers, ...foreign.primero?.identifiers };
  const id = readUuid(known['id'] ?? caseId) ?? caseId;
  return {
    id,
    case_id: freeText(known['case_id']) ?? caseId,
    ...present({
      case_id_display: freeText(known['case_id_display']),
      oscar_number: freeText(known['global_id']),
      oscar_short_id: freeText(known['slug']),
    }),
  };
}
