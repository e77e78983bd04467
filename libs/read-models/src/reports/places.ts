import { PublishedTable, type Published } from './published.js';

/** How many children live in a district. */
export interface PlaceCount {
  province: string;
  district: string;
  children: number;
}

export interface ProvinceNumber {
  province: string;
  children: Published;
}

export interface DistrictNumber extends ProvinceNumber {
  district: string;
}

export interface ByPlace {
  children: Published;
  provinces: ProvinceNumber[];
  districts: DistrictNumber[];
}

/**
 * Children in all, by province and by district, as they may be shown.
 *
 * @param more adds what else adds up to the total before anything is shown
 */
export function byPlace(
  counts: readonly PlaceCount[],
  more: (table: PublishedTable) => void = () => undefined,
): ByPlace & { shown: (key: string) => Published } {
  const table = new PublishedTable();
  const provinces = [...new Set(counts.map(({ province }) => province))].toSorted();
  const inProvince = (code: string) => counts.filter(({ province }) => province === code);
  table.add('all', sum(counts));
  table.line('all', provinces);
  for (const province of provinces) {
    table.add(province, sum(inProvince(province)));
    table.line(province, inProvince(province).map(keyOf));
  }
  for (const each of counts) table.add(keyOf(each), each.children);
  more(table);
  const shown = table.publish();
  return {
    children: shown('all'),
    provinces: provinces.map((province) => ({ province, children: shown(province) })),
    districts: counts
      .toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
      .map((each) => ({ province: each.province, district: each.district, children: shown(keyOf(each)) })),
    shown,
  };
}

const keyOf = ({ province, district }: PlaceCount): string => `${province}/${district}`;

const sum = (counts: readonly { children: number }[]): number =>
  counts.reduce((all, { children }) => all + children, 0);
