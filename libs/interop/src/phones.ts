/** A phone number as written. Numbers of zeros only are placeholders for "none" in live data (reference 15). */
export function readPhone(text: string): string | undefined {
  const phone = text.trim();
  const digits = phone.replace(/\D/g, '');
  return /^0*$/.test(digits) ? undefined : phone;
}
