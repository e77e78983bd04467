/** As part of an address. Halves of surrogate pairs cannot be written there as they are; as bytes they can. */
export function encoded(text: string): string {
  const parts = text.split(/(\p{Surrogate})/u);
  return parts.map((part, index) => (index % 2 === 1 ? '%ED%A0%80' : encodeURIComponent(part))).join('');
}
