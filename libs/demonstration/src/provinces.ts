/**
 * The 25 provinces by gazetteer code, and how heavily a pathway's cases fall on them, in percent: reports of abuse online,
 * minors detained, children in residential care (public mapping of facilities; detention and reports are assumed from
 * population and towns).
 */
export const provinces = [
  { code: '01', title: 'Banteay Meanchey', ocsea: 5.9, detained: 7.8, residential: 5.0 },
  { code: '02', title: 'Battambang', ocsea: 6.8, detained: 7.8, residential: 9.0 },
  { code: '03', title: 'Kampong Cham', ocsea: 4.5, detained: 4.9, residential: 3.9 },
  { code: '04', title: 'Kampong Chhnang', ocsea: 2.7, detained: 1.9, residential: 1.1 },
  { code: '05', title: 'Kampong Speu', ocsea: 4.4, detained: 3.9, residential: 3.0 },
  { code: '06', title: 'Kampong Thom', ocsea: 3.4, detained: 2.9, residential: 1.4 },
  { code: '07', title: 'Kampot', ocsea: 3.0, detained: 2.9, residential: 1.2 },
  { code: '08', title: 'Kandal', ocsea: 9.3, detained: 8.7, residential: 8.0 },
  { code: '09', title: 'Koh Kong', ocsea: 0.6, detained: 1.0, residential: 0.3 },
  { code: '10', title: 'Kratie', ocsea: 1.9, detained: 1.5, residential: 0.8 },
  { code: '11', title: 'Mondulkiri', ocsea: 0.5, detained: 0.3, residential: 0.2 },
  { code: '12', title: 'Phnom Penh', ocsea: 23.0, detained: 23.3, residential: 29.0 },
  { code: '13', title: 'Preah Vihear', ocsea: 1.3, detained: 0.8, residential: 0.5 },
  { code: '14', title: 'Prey Veng', ocsea: 5.3, detained: 3.9, residential: 2.2 },
  { code: '15', title: 'Pursat', ocsea: 2.1, detained: 2.9, residential: 0.9 },
  { code: '16', title: 'Ratanakiri', ocsea: 1.1, detained: 1.0, residential: 0.5 },
  { code: '17', title: 'Siem Reap', ocsea: 7.5, detained: 7.8, residential: 20.0 },
  { code: '18', title: 'Preah Sihanouk', ocsea: 2.6, detained: 3.9, residential: 5.1 },
  { code: '19', title: 'Stung Treng', ocsea: 0.8, detained: 0.7, residential: 0.3 },
  { code: '20', title: 'Svay Rieng', ocsea: 2.7, detained: 2.9, residential: 1.1 },
  { code: '21', title: 'Takeo', ocsea: 4.5, detained: 3.9, residential: 4.0 },
  { code: '22', title: 'Oddar Meanchey', ocsea: 1.4, detained: 1.0, residential: 0.6 },
  { code: '23', title: 'Kep', ocsea: 0.2, detained: 0.2, residential: 0.1 },
  { code: '24', title: 'Pailin', ocsea: 0.4, detained: 0.5, residential: 0.2 },
  { code: '25', title: 'Tboung Khmum', ocsea: 3.9, detained: 3.9, residential: 1.6 },
] as const;

export type WeightOfProvince = 'ocsea' | 'detained' | 'residential';
