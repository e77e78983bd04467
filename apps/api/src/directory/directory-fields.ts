import { field, type FieldOptions, type Rule } from '../http/field.js';
import { listRule } from '../http/rules.js';

/** More than any place of Cambodia could hold at a time. */
const largestCapacity = 10_000;

const placeRule =
  (shape: RegExp, what: { en: string; km: string }): Rule =>
  (value) => {
    if (typeof value !== 'string') return { code: 'wrong_type' };
    return shape.test(value) ? undefined : { code: 'invalid', message: what };
  };

/** The gazetteer has 25 provinces; a district's code begins with that of its province. */
const provinceRule = placeRule(/^(?:0[1-9]|1\d|2[0-5])$/, {
  en: 'is not a province, 01 to 25',
  km: 'មិនមែនជាលេខកូដខេត្ត 01 ដល់ 25',
});

const districtRule = placeRule(/^(?:0[1-9]|1\d|2[0-5])(?:0[1-9]|[1-9]\d)$/, {
  en: 'is not a district, such as 1202',
  km: 'មិនមែនជាលេខកូដស្រុក ដូចជា 1202',
});

const capacityRule: Rule = (value) => {
  if (typeof value !== 'number' || !Number.isInteger(value)) return { code: 'wrong_type' };
  return value >= 0 && value <= largestCapacity ? undefined : { code: 'out_of_range' };
};

export const Province = (description: string, options?: FieldOptions): PropertyDecorator =>
  field(provinceRule, { type: String, pattern: '^\\d{2}$', description }, options);

export const Provinces = (description: string, options?: FieldOptions): PropertyDecorator =>
  field(listRule(provinceRule, 25), { type: String, isArray: true, maxItems: 25, description }, options);

export const District = (description: string, options?: FieldOptions): PropertyDecorator =>
  field(districtRule, { type: String, pattern: '^\\d{4}$', description }, options);

export const Districts = (description: string, options?: FieldOptions): PropertyDecorator =>
  field(listRule(districtRule, 300), { type: String, isArray: true, maxItems: 300, description }, options);

/** Children at a time. */
export const Capacity = (description: string, options?: FieldOptions): PropertyDecorator =>
  field(capacityRule, { type: 'integer', minimum: 0, maximum: largestCapacity, description }, options);
