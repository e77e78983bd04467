/** Khmer digits stand in Unicode in their order, from zero to nine. */
const khmerZero = 0x17e0;

/** Cambodia's country code; numbers within the country begin with 0 instead. */
const countryCode = '855';
/** After the 0, Cambodian numbers have 8 or 9 digits (Telecommunication Regulator of Cambodia, numbering plan). */
const nationalShape = /^0[1-9]\d{7,8}$/;
/** ITU-T E.164: at most 15 digits, the first not 0. */
const internationalShape = /^\+[1-9]\d{7,14}$/;

/**
 * A telephone number in its one international form, `+85512345678`, however it was written: with spaces, dashes or
 * brackets, with 00 or a national 0, in Latin or Khmer digits. Undefined for what is no telephone number.
 */
export function canonicalPhone(text: string): string | undefined {
  const written = text
    .replace(/[០-៩]/g, (digit) => String(digit.charCodeAt(0) - khmerZero))
    .replace(/[\s\u200b\u200c.()/-]/g, '')
    .replace(/^00/, '+');
  if (nationalShape.test(written)) {
    return `+${countryCode}${written.slice(1)}`;
  }
  const international = written.replace(new RegExp(`^\\+?${countryCode}0?(?=[1-9]\\d{7,8}$)`), `+${countryCode}`);
  return internationalShape.test(international) ? international : undefined;
}
