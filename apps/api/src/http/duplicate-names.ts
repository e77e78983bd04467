/** What structures a JSON text that was read before: outside of its strings there is nothing else of these. */
const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/** The names met so far in an object, or nothing in a list. */
type Level = { readonly names: Set<string>; awaitsName: boolean } | undefined;

/**
 * Whether an object of the text has a member twice. Programs differ in which of the two they take, so that one would be
 * checked and another be used.
 *
 * @param text valid JSON
 */
export function hasDuplicateNames(text: string): boolean {
  const levels: Level[] = [];
  for (const [each] of text.matchAll(token)) {
    const level = levels.at(-1);
    if (each === '{') levels.push({ names: new Set(), awaitsName: true });
    else if (each === '[') levels.push(undefined);
    else if (each === '}' || each === ']') levels.pop();
    else if (level !== undefined && each === ',') level.awaitsName = true;
    else if (level?.awaitsName === true && each.startsWith('"')) {
      const name = JSON.parse(each) as string;
      if (level.names.has(name)) return true;
      level.names.add(name);
      level.awaitsName = false;
    }
  }
  return false;
}
