/** Fewer different bytes than any 32 random ones have, but for one case in 10^18. */
const fewestBytes = 16;

/** Whether 32 bytes were typed or made up by hand rather than drawn at random: a text, a pattern, a run of numbers. */
export function isWeakKey(key: Buffer): boolean {
  const steps = new Set(key.subarray(1).map((byte, index) => byte - (key[index] as number)));
  return new Set(key).size < fewestBytes || steps.size === 1 || key.every((byte) => byte >= 0x20 && byte < 0x7f);
}
