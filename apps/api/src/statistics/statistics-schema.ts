import type {
  WatchlistNumbers,
  Detention,
  DistrictNumber,
  FlowRow,
  InformalFees,
  ProvinceNumber,
  RecidivismNumbers,
  RecidivismWindow,
  ServiceNeeds,
  UnmetNeeds,
} from '#libs/read-models';

import { bilingual, flag, list, nullable, shape, text, whole } from '../description/schema.js';

const published = { ...nullable(whole), description: 'Null where a child could be recognised by it' };
const share = {
  ...nullable({ type: 'number' }),
  description: '0.02 is 2 %; null where a number it needs is not shown',
};
const meaning = { ...bilingual, description: 'What is counted, in words, and by which age' };

export const flowSchema = list(
  shape<FlowRow>({ month: text, pathway: text, transition: text, province: text, count: nullable(whole) }),
);

const placeFields = {
  children: published,
  provinces: list(shape<ProvinceNumber>({ province: text, children: published })),
  districts: list(shape<DistrictNumber>({ province: text, district: text, children: published })),
};

export const unmetNeedsSchema = shape<UnmetNeeds>({
  meaning,
  services: list(
    shape<ServiceNeeds>({
      service: text,
      ...placeFields,
      reasons: list(shape<ServiceNeeds['reasons'][number]>({ why: text, children: published })),
    }),
  ),
});

export const recidivismSchema = list(
  shape<RecidivismNumbers>({
    pathway: text,
    meaning,
    windows: list(
      shape<RecidivismWindow>({
        within: { ...text, description: 'The window, as a duration: `P6M`' },
        children: { ...published, description: 'Denominator: children whose window has passed' },
        reoffended: { ...published, description: 'Numerator' },
        share,
        unchecked: { ...published, description: 'Children about whom nobody knows; they are in the denominator' },
      }),
    ),
  }),
);

export const detentionSchema = list(
  shape<Detention>({
    pathway: text,
    meaning,
    children: { ...published, description: 'Children who are held' },
    pretrial: { ...published, description: 'Those of them before a judgment' },
    share,
    reasons: list(
      shape<Detention['reasons'][number]>({ reason: text, title: nullable(bilingual), children: published }),
    ),
  }),
);

export const informalFeesSchema = list(shape<InformalFees>({ pathway: text, meaning, ...placeFields }));

export const watchlistNumbersSchema = list(
  shape<WatchlistNumbers>({
    pathway: text,
    watchlist: text,
    title: bilingual,
    meaning,
    basis: text,
    confirmed: flag,
    children: published,
    provinces: list(shape<WatchlistNumbers['provinces'][number]>({ province: text, children: published })),
  }),
);
