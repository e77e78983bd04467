/** One part of a name (given or family), in the script or scripts it is known in. */
export interface ScriptedName {
  km?: string;
  latin?: string;
}

const khmer = /\p{Script=Khmer}/u;

/**
 * A name as written in one field. `ស្រីមុំ (Sreymom)` holds both scripts, in either order; anything else is Khmer or
 * Latin by its letters, whichever field it stands in.
 */
export function splitName(text: string): ScriptedName {
  const name = text.trim();
  if (name === '') return {};
  return inBothScripts(name) ?? (khmer.test(name) ? { km: name } : { latin: name });
}

/** The way the exchange writes both scripts into one field; undefined when there is no name. */
export function joinName({ km, latin }: ScriptedName): string | undefined {
  if (km !== undefined && latin !== undefined) return `${km} (${latin})`;
  return km ?? latin;
}

/** The bracket that parts the scripts leaves Khmer on one side only, and on both sides the name's own brackets whole. */
function inBothScripts(name: string): ScriptedName | undefined {
  if (!name.endsWith(')')) return undefined;
  const parted = [...name.matchAll(/\(/g)]
    .map(({ index }) => ({ outside: name.slice(0, index).trim(), inside: name.slice(index + 1, -1).trim() }))
    .filter(({ outside, inside }) => outside !== '' && inside !== '' && khmer.test(outside) !== khmer.test(inside));
  const best = parted.find(({ outside, inside }) => isWhole(outside) && isWhole(inside)) ?? parted[0];
  if (best === undefined) return undefined;
  const { outside, inside } = best;
  return khmer.test(outside) ? { km: outside, latin: inside } : { km: inside, latin: outside };
}

/** Every bracket that opens closes again, and none closes first. */
function isWhole(text: string): boolean {
  let open = 0;
  for (const letter of text) {
    if (letter === '(') open += 1;
    if (letter === ')') open -= 1;
    if (open < 0) return false;
  }
  return open === 0;
}
