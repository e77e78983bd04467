import type { Match } from '#libs/cases';
import type {
  CarerCandidate,
  CarerEntry,
  CarerWords,
  DirectoryChange,
  FieldChange,
  ProviderCandidate,
  ProviderMatches,
  ServiceEntry,
} from '#libs/directories';
import type { KnownService } from '#libs/interop';
import type { CommonDefinition, Text } from '#libs/pathways';
import type { ProposedOwner } from '#libs/read-models';

import { anything, bilingual, flag, instant, list, nullable, shape, text, uuid, whole } from '../description/schema.js';

const day = { ...text, format: 'date' };

export const knownServiceSchema = shape<KnownService>({ code: text, type: nullable(text), name: nullable(text) });

export const serviceSchema = shape<ServiceEntry>({
  entryId: uuid,
  version: whole,
  agency: text,
  service: text,
  provinces: list(text),
  districts: list(text),
  languages: list(text),
  interpreter: flag,
  capacity: whole,
  startsOn: day,
  endsOn: nullable(day),
  paused: flag,
});

const carerFields = {
  carerId: uuid,
  version: whole,
  kinds: list(text),
  assessedOn: day,
  approvedUntil: day,
  capacity: whole,
  province: text,
  district: text,
  languages: list(text),
  paused: flag,
  synthetic: flag,
  placed: { ...whole, description: 'Children who live there, by their open cases' },
};

export const carerSchema = shape<CarerEntry>(carerFields);

export const openedCarerSchema = shape<CarerEntry & CarerWords>({
  ...carerFields,
  identity: { ...anything, description: 'Who the carer is; empty once forgotten' },
  location: { ...anything, description: 'Where the carer lives; empty once forgotten' },
});

export const changesSchema = list(
  shape<DirectoryChange>({
    version: whole,
    changedAt: instant,
    changedBy: text,
    changes: list(
      shape<FieldChange>(
        {
          field: text,
          before: { description: 'Absent for what is sealed' },
          after: { description: 'Absent for what is sealed' },
        },
        'before',
        'after',
      ),
    ),
  }),
);

/** Why somebody fits, or why not, in both languages. */
interface Reason {
  code: string;
  text: Text | null;
}

const reasonSchema = shape<Reason>({ code: text, text: nullable(bilingual) });

const reasonsOf = ({ reasons }: Match<never>, { labels }: CommonDefinition): Reason[] =>
  reasons.map((code) => ({ code, text: labels['matchReasons']?.[code] ?? null }));

export type ProvidersView = ReturnType<typeof providersView>;

export function providersView({ matches, ...need }: ProviderMatches, common: CommonDefinition) {
  return {
    ...need,
    nextProvider: matches.find(({ fits }) => fits)?.offer.agency ?? null,
    providers: matches.map((match) => providerView(match, common)),
  };
}

function providerView(match: Match<ProviderCandidate>, common: CommonDefinition) {
  const { entryId, agency, title, capacity, endsOn } = match.offer;
  return {
    entryId,
    agency,
    title,
    fits: match.fits,
    free: match.free,
    capacity,
    endsOn: endsOn ?? null,
    reasons: reasonsOf(match as unknown as Match<never>, common),
  };
}

export const providersSchema = shape<ProvidersView>({
  service: text,
  province: nullable(text),
  district: nullable(text),
  language: nullable(text),
  nextProvider: { ...nullable(text), description: 'Agency to ask next; null where nobody fits' },
  providers: list(
    shape<ProvidersView['providers'][number]>({
      entryId: uuid,
      agency: text,
      title: text,
      fits: flag,
      free: { ...whole, description: 'Places that are free' },
      capacity: whole,
      endsOn: nullable(day),
      reasons: list(reasonSchema),
    }),
  ),
});

export type CarerMatchView = ReturnType<typeof carerMatchView>;

export function carerMatchView(match: Match<CarerCandidate>, common: CommonDefinition) {
  const { entry } = match.offer;
  return { ...entry, fits: match.fits, free: match.free, reasons: reasonsOf(match as unknown as Match<never>, common) };
}

export const carerMatchSchema = shape<CarerMatchView>({
  ...carerFields,
  fits: flag,
  free: { ...whole, description: 'Places that are free' },
  reasons: list(reasonSchema),
});

export const proposedOwnerSchema = shape<ProposedOwner>({
  staff: text,
  title: text,
  agency: text,
  roles: list(text),
  active: { ...whole, description: 'Cases kept that have not ended, this one aside' },
  highRisk: whole,
  overloaded: { ...flag, description: 'Whether more are kept than the caps allow' },
});
