import type {
  CareStockRow,
  DetentionStockRow,
  DuplicateRow,
  FacilityTask,
  FacilityView,
  OccupancyRow,
  ResidentRow,
  Stock,
} from '#libs/read-models';

import { deadlineSchema } from '../cases/case-schema.js';
import { anything, bilingual, flag, instant, list, nullable, shape, text, uuid, whole } from '../description/schema.js';

type Move = FacilityView['moves'][number];
type Inspection = FacilityView['inspections'][number];
type Accusation = FacilityView['accusations'][number];

export const facilitySchema = shape<FacilityView>({
  id: uuid,
  version: whole,
  code: text,
  type: text,
  typeTitle: nullable(bilingual),
  state: text,
  stateTitle: nullable(bilingual),
  stateSince: instant,
  takesNewChildren: flag,
  province: text,
  district: text,
  village: nullable(text),
  capacity: nullable(whole),
  occupancy: { ...whole, description: 'Children who live or are held there by their cases' },
  reportedChildren: { ...nullable(whole), description: 'Children seen there by whoever found it' },
  undecidedChildren: {
    ...nullable(whole),
    description: 'While it closes: children who wait for a decision; null otherwise, and of the past',
  },
  agency: text,
  owner: nullable(text),
  knownSince: instant,
  closesOn: nullable({ type: 'string', format: 'date' }),
  synthetic: flag,
  place: { ...anything, description: 'Name and address, opened' },
  report: { ...nullable(text), description: 'What was found, in words, opened' },
  moves: list(
    shape<Move>({ from: text, to: text, at: instant, by: text, reasonCode: nullable(text), reason: nullable(text) }),
  ),
  inspections: list(
    shape<Inspection>({
      inspectionId: uuid,
      at: instant,
      inspector: text,
      result: text,
      findings: list(text),
      text: nullable(text),
      by: text,
    }),
  ),
  accusations: {
    ...list(
      shape<Accusation>({
        accusationId: uuid,
        at: instant,
        by: text,
        text: nullable(text),
        cleared: nullable(shape<NonNullable<Accusation['cleared']>>({ at: instant, by: text, reason: nullable(text) })),
      }),
    ),
    description: 'Never shown to those who work in a facility',
  },
  deadlines: list(deadlineSchema),
  possibleDuplicates: list(
    shape<FacilityView['possibleDuplicates'][number]>({
      id: uuid,
      code: text,
      sameVillage: flag,
      sameDistrictAndType: flag,
    }),
  ),
});

export type OccupancyView = ReturnType<typeof occupancyView>;

/** A facility in a list: nothing that is sealed. */
export function occupancyView(row: OccupancyRow) {
  return {
    id: row.stream_id,
    code: row.code,
    type: row.type,
    state: row.state,
    province: row.province,
    district: row.district,
    capacity: row.capacity,
    reportedChildren: row.reported_children,
    occupancy: row.occupancy,
    occupancyPercent:
      row.capacity === null || row.capacity === 0 ? null : Math.round((row.occupancy / row.capacity) * 100),
    synthetic: row.synthetic,
  };
}

export const occupancySchema = shape<OccupancyView>({
  id: uuid,
  code: text,
  type: text,
  state: text,
  province: text,
  district: text,
  capacity: nullable(whole),
  reportedChildren: nullable(whole),
  occupancy: whole,
  occupancyPercent: nullable(whole),
  synthetic: flag,
});

export type FacilityTaskView = ReturnType<typeof facilityTaskView>;

export function facilityTaskView(task: FacilityTask) {
  return {
    facilityId: task.stream_id,
    code: task.code,
    type: task.type,
    state: task.state,
    province: task.province,
    district: task.district,
    agency: task.agency,
    owner: task.owner,
    inspectedAt: task.inspected_at,
    reportedChildren: task.reported_children,
    deadline: task.deadline,
    definition: task.definition,
    title: task.title,
    dueAt: task.due_at,
    overdueHours: task.overdueHours,
    confirmed: task.confirmed,
    rungsReached: task.rungs_reached,
  };
}

export const facilityTaskSchema = shape<FacilityTaskView>({
  facilityId: uuid,
  code: text,
  type: text,
  state: text,
  province: text,
  district: text,
  agency: text,
  owner: nullable(text),
  inspectedAt: { ...nullable(instant), description: 'The latest inspection; null: never inspected' },
  reportedChildren: nullable(whole),
  deadline: text,
  definition: text,
  title: nullable(bilingual),
  dueAt: instant,
  overdueHours: { ...nullable(whole), description: 'Whole hours past the due time; null while there is time' },
  confirmed: flag,
  rungsReached: list(whole),
});

export type DuplicateView = ReturnType<typeof duplicateView>;

export function duplicateView(row: DuplicateRow) {
  return {
    first: { id: row.first_id, code: row.first_code, state: row.first_state },
    second: { id: row.second_id, code: row.second_code, state: row.second_state },
    sameVillage: row.same_village,
    sameDistrictAndType: row.same_district_and_type,
  };
}

const oneOfTwo = shape<DuplicateView['first']>({ id: uuid, code: text, state: text });

export const duplicateSchema = shape<DuplicateView>({
  first: oneOfTwo,
  second: oneOfTwo,
  sameVillage: flag,
  sameDistrictAndType: flag,
});

export type ResidentView = ReturnType<typeof residentView>;

export function residentView(row: ResidentRow) {
  return {
    caseId: row.stream_id,
    code: row.code,
    pathway: row.pathway,
    state: row.state,
    risk: row.risk,
    owner: row.owner,
    heldIn: row.held_in,
    since: row.from_at,
  };
}

export const residentSchema = shape<ResidentView>({
  caseId: uuid,
  code: text,
  pathway: nullable(text),
  state: nullable(text),
  risk: nullable(text),
  owner: nullable(text),
  heldIn: { ...nullable(text), description: 'Kind of detention; null: in care' },
  since: instant,
});

const hidden = { ...nullable(whole), description: 'null where so few could be recognised' };

export const careStockSchema = shape<Stock<CareStockRow>>({
  asOf: instant,
  total: hidden,
  rows: list(shape<CareStockRow>({ province: text, type: text, sex: text, ageBand: text, count: hidden })),
});

export const detentionStockSchema = shape<Stock<DetentionStockRow>>({
  asOf: instant,
  total: hidden,
  rows: list(
    shape<DetentionStockRow>({
      heldIn: text,
      lawAge: { ...nullable(whole), description: 'Age at the alleged offence, where it is known' },
      ageNow: { ...nullable(whole), description: 'Age at that moment, where it is known' },
      count: hidden,
    }),
  ),
});
