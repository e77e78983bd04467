/** Province, district, commune or village: two digits for each level, a code of a lower level starts with its parent's. */
const shape = /^(\d{2}){1,4}$/;

/**
 * A gazetteer code as text. A code of odd length has lost its leading zero on the way through a system that keeps
 * codes as numbers (reference 1); undefined for anything that is no code.
 */
export function readLocationCode(text: string): string | undefined {
  const digits = text.trim();
  const code = /^\d+$/.test(digits) && digits.length % 2 === 1 ? `0${digits}` : digits;
  return shape.test(code) ? code : undefined;
}

export const provinceOf = (code: string): string => code.slice(0, 2);

/** Undefined for the code of a whole province. */
export const districtOf = (code: string): string | undefined => (code.length >= 4 ? code.slice(0, 4) : undefined);

/** Cambodia's Primero holds the same codes without a leading zero, as ids of its own list of places. */
export const primeroLocationCode = (code: string): string => code.replace(/^0/, '');
