import type { Instant, LocalDate } from '#libs/calendar';
import type { CodeTables } from './codes/code-tables.js';
import type { KnownCase, PersonDetails, ReceivedRecord, SealedFields } from '#libs/cases';

/** What a translator needs from outside: the day on which the record is read, and ids. */
export interface TranslationContext {
  codes: CodeTables;
  /** A birth date after this day is unusable. */
  today: LocalDate;
  /**
   * Our id of the referral that has this key in the other system. Must give the same id for the same case and key;
   * keys are unique within one case only, because one system uses the id of a service type as the id of its rows.
   */
  referralId: (key: string) => string;
}

/**
 * A record in our words, or why it can't be used. The reason lists every finding as `field: problem`, joined by `; `,
 * and never repeats a value, so it may be logged and shown to an operator.
 */
export type Translation =
  { ok: true; identifiers: Identifiers; person: PersonDetails; record: ReceivedRecord } | { ok: false; reason: string };

/**
 * Ids by which a case is known outside, under one name for both systems: Primero's `id`, `case_id` and
 * `case_id_display` (OSCaR calls the latter two external ids), OSCaR's `global_id` and `slug` (Primero: OSCaR number
 * and short id).
 */
export type Identifiers = Partial<Record<IdentifierName, string>>;
export type IdentifierName = 'id' | 'case_id' | 'case_id_display' | 'global_id' | 'slug';

/** One case, opened: all that a record of another system is made of. Consent to send it was checked by the caller. */
export interface ExportInput {
  caseId: string;
  person: PersonDetails;
  case: KnownCase;
  /** The sealed part of what each system told us of this case. */
  sealedForeign: { primero?: SealedFields; oscar?: SealedFields };
  /** The sealed part of each referral, by referral id. */
  referralTexts: Record<string, SealedFields>;
  /** Primero's workflow value for the state the case is in; absent while it waits to be enrolled. */
  workflow?: string;
  closed: boolean;
  codes: CodeTables;
  now: Instant;
}

/** A record of another system, as it goes out. */
export type OutgoingRecord = Record<string, unknown>;
