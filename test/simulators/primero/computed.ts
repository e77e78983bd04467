import type { Instant } from '#libs/calendar';
import { rowsOf, textOf, type Fields } from './fields.js';
import type { PrimeroState } from './state.js';
import type { PrimeroUser } from './users.js';

const shortLength = 7;

/** What the server writes into every new case, whatever was sent. */
export function firstFields(kept: Fields, id: string, by: string, { clock, users, random }: PrimeroState): Fields {
  const unique = random.uuid();
  const caseId = textOf(kept, 'case_id') ?? unique;
  const short = unique.slice(-shortLength);
  const creator = users.get(by);
  const now = clock.now();
  return {
    status: 'open',
    record_state: true,
    registration_date: now.slice(0, 'YYYY-MM-DD'.length),
    owned_by: by,
    workflow: 'new',
    created_at: now,
    ...kept,
    id,
    unique_identifier: unique,
    case_id: caseId,
    short_id: short,
    case_id_display: textOf(kept, 'case_id_display') ?? short,
    created_by: by,
    created_by_agency: creator?.agency,
    created_organization: creator?.agency,
  };
}

/** What the server computes anew at each change. `before` is empty for a new case. */
export function recomputed(before: Fields, after: Fields, by: string, now: Instant, state: PrimeroState): Fields {
  const owner = state.users.get(textOf(after, 'owned_by') ?? '');
  const ownerChanged = before['owned_by'] !== after['owned_by'];
  return {
    ...after,
    ...nameOf(after),
    ...(ownerChanged ? ownerFields(before, owner) : {}),
    workflow: workflowOf(before, after),
    last_updated_at: now,
    last_updated_by: by,
  };
}

function nameOf(fields: Fields): Fields {
  const parts = ['name_first', 'name_middle', 'name_last'].map((part) => textOf(fields, part));
  const name = parts.filter((part) => part !== undefined && part !== '').join(' ');
  return name === '' ? {} : { name };
}

function ownerFields(before: Fields, owner: PrimeroUser | undefined): Fields {
  return {
    owned_by_agency_id: owner?.agency,
    owned_by_groups: [...(owner?.groups ?? [])],
    owned_by_full_name: owner?.full_name,
    owned_by_phone: owner?.phone,
    ...(before['owned_by'] === undefined
      ? {}
      : { previously_owned_by: before['owned_by'], previously_owned_by_agency: before['owned_by_agency_id'] }),
  };
}

/** Follows the kind of response of the newest service; written values stand until a service or the status changes. */
function workflowOf(before: Fields, after: Fields): unknown {
  if (after['status'] === 'closed') return 'closed';
  if (before['status'] === 'closed') return 'reopened';
  const services = rowsOf(after, 'services_section');
  const newest = services.at(-1);
  if (newest === undefined || before['services_section'] === after['services_section']) return after['workflow'];
  if (services.every((row) => row['service_implemented'] === 'implemented')) return 'services_implemented';
  return newest['service_response_type'] ?? after['workflow'];
}
