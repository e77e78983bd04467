import type { LocalDate } from './local-date.js';
import type { Holiday } from './working-calendar.js';

type Title = Holiday['title'];

const newYear: Title = { en: 'International New Year Day', km: 'ទិវាចូលឆ្នាំសកល' };
const victoryDay: Title = {
  en: 'Day of Victory over the Genocidal Regime',
  km: 'ទិវាជ័យជម្នះលើរបបប្រល័យពូជសាសន៍',
};
const womensDay: Title = { en: "International Women's Rights Day", km: 'ទិវាអន្តរជាតិនារី' };
const khmerNewYear: Title = { en: "Khmer New Year's Day", km: 'ពិធីបុណ្យចូលឆ្នាំថ្មី ប្រពៃណីជាតិ' };
const labourDay: Title = { en: 'International Labour Day', km: 'ទិវាពលកម្មអន្តរជាតិ' };
const visakBochea: Title = { en: 'Visaka Bochea Day', km: 'ពិធីបុណ្យវិសាខបូជា' };
const ploughing: Title = { en: 'Royal Ploughing Ceremony', km: 'ព្រះរាជពិធីច្រត់ព្រះនង្គ័ល' };
const kingsBirthday: Title = {
  en: "HM King Norodom Sihamoni's Birthday",
  km: 'ព្រះរាជពិធីបុណ្យចម្រើនព្រះជន្ម ព្រះករុណា ព្រះបាទសម្តេចព្រះបរមនាថ នរោត្តម សីហមុនី',
};
const queenMothersBirthday: Title = {
  en: "HM Queen-Mother Norodom Monineath Sihanouk's Birthday",
  km: 'ព្រះរាជពិធីបុណ្យចម្រើនព្រះជន្ម សម្តេចព្រះមហាក្សត្រី ព្រះវររាជមាតា នរោត្តម មុនិនាថ សីហនុ',
};
const constitutionDay: Title = { en: 'Constitution Day', km: 'ទិវាប្រកាសរដ្ឋធម្មនុញ្ញ' };
const pchumBen: Title = { en: 'Pchum Ben Day', km: 'ពិធីបុណ្យភ្ជុំបិណ្ឌ' };
const mourningDay: Title = {
  en: 'HM King Norodom Sihanouk Mourning Day',
  km: 'ទិវាប្រារព្ធពិធីគោរពព្រះវិញ្ញាណក្ខន្ធ ព្រះករុណា ព្រះបាទសម្តេចព្រះ នរោត្តម សីហនុ',
};
const coronationDay: Title = {
  en: "HM King Norodom Sihamoni's Coronation Day",
  km: 'ព្រះរាជពិធីគ្រងព្រះបរមរាជសម្បត្តិ ព្រះករុណា ព្រះបាទសម្តេចព្រះបរមនាថ នរោត្តម សីហមុនី',
};
const independenceDay: Title = { en: 'National Independence Day', km: 'ពិធីបុណ្យឯករាជ្យជាតិ' };
const waterFestival: Title = {
  en: 'Water Festival',
  km: 'ព្រះរាជពិធីបុណ្យអុំទូក បណ្តែតប្រទីប និងសំពះព្រះខែ អកអំបុក',
};
const peaceDay: Title = { en: 'Peace Day in Cambodia', km: 'ទិវាសន្តិភាពនៅកម្ពុជា' };

const both = (one: Title, other: Title): Title => ({ en: `${one.en}; ${other.en}`, km: `${one.km}; ${other.km}` });

/**
 * Holidays are fixed year by year by sub-decree. Nobody has compared this list with the one for 2026 yet, so not even
 * the days with a fixed date count as confirmed. A holiday on a weekend gives no day off instead.
 */
const in2026: readonly [LocalDate, Title][] = [
  ['2026-01-01', newYear],
  ['2026-01-07', victoryDay],
  ['2026-03-08', womensDay],
  ['2026-04-14', khmerNewYear],
  ['2026-04-15', khmerNewYear],
  ['2026-04-16', khmerNewYear],
  ['2026-05-01', both(labourDay, visakBochea)],
  ['2026-05-05', ploughing],
  ['2026-05-14', kingsBirthday],
  ['2026-06-18', queenMothersBirthday],
  ['2026-09-24', constitutionDay],
  ['2026-10-10', pchumBen],
  ['2026-10-11', pchumBen],
  ['2026-10-12', pchumBen],
  ['2026-10-15', mourningDay],
  ['2026-10-29', coronationDay],
  ['2026-11-09', independenceDay],
  ['2026-11-23', waterFestival],
  ['2026-11-24', waterFestival],
  ['2026-11-25', waterFestival],
  ['2026-12-29', peaceDay],
];

/** A forecast: the year's sub-decree was not out when this was written, and lunar days may move by a day. */
const in2027: readonly [LocalDate, Title][] = [
  ['2027-01-01', newYear],
  ['2027-01-07', victoryDay],
  ['2027-03-08', womensDay],
  ['2027-04-14', khmerNewYear],
  ['2027-04-15', khmerNewYear],
  ['2027-04-16', khmerNewYear],
  ['2027-05-01', labourDay],
  ['2027-05-14', kingsBirthday],
  ['2027-05-20', visakBochea],
  ['2027-05-24', ploughing],
  ['2027-06-18', queenMothersBirthday],
  ['2027-09-24', constitutionDay],
  ['2027-09-29', pchumBen],
  ['2027-09-30', pchumBen],
  ['2027-10-01', pchumBen],
  ['2027-10-15', mourningDay],
  ['2027-10-29', coronationDay],
  ['2027-11-09', independenceDay],
  ['2027-11-12', waterFestival],
  ['2027-11-13', waterFestival],
  ['2027-11-14', waterFestival],
  ['2027-12-29', peaceDay],
];

const unconfirmed = (days: readonly [LocalDate, Title][], source: string): Holiday[] =>
  days.map(([date, title]) => ({ date, title, confirmed: false, source }));

/** Dates of both years come from the `holidays` library 0.105 on PyPI, which computes the lunar days. */
export const cambodianHolidays: readonly Holiday[] = [
  ...unconfirmed(in2026, 'Computed (PyPI holidays 0.105); not checked against the sub-decree for 2026'),
  ...unconfirmed(in2027, 'Forecast (PyPI holidays 0.105); the sub-decree for 2027 is to come'),
];
