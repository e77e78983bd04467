/**
 * The account in the ministry's Primero that answers for each province (2026, from the jobs that exchange records
 * today). Those jobs give Stung Treng's account the number of Oddar Meanchey, so a child of Stung Treng stopped them.
 */
export const provinceUsers: Readonly<Record<string, string>> = {
  '01': 'mgrbmc',
  '02': 'mgrbtb',
  '03': 'mgrkcm',
  '04': 'mgrkch',
  '05': 'mgrksp',
  '06': 'mgrktm',
  '07': 'mgrkpt',
  '08': 'mgrkdl',
  '09': 'mgrkkg',
  '10': 'mgrkrt',
  '11': 'mgrmdk',
  '12': 'mgrpnh',
  '13': 'mgrpvh',
  '14': 'mgrpvg',
  '15': 'mgrpst',
  '16': 'mgrrtk',
  '17': 'mgrsrp',
  '18': 'mgrshv',
  '19': 'mgrstg',
  '20': 'mgrsvg',
  '21': 'mgrtakeo',
  '22': 'mgromc',
  '23': 'mgrkep',
  '24': 'mgrpln',
  '25': 'mgrtkm',
};
