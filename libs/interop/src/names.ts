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

/** The first bracket that leaves Khmer on one side only is the one that parts the scripts; a name may hold others. */
function inBothScripts(name: string): ScriptedName | undefined {
  if (!name.endsWith(')')) return undefined;
  for (let at = name.indexOf('('); at !== -1; at = name.indexOf('(', at + 1)) {
    const outside = name.slice(0, at).trim();
    const inside = name.slice(at + 1, -1).trim();
    if (outside === '' || inside === '' || khmer.test(outside) === khmer.test(inside)) continue;
    return khmer.test(outside) ? { km: outside, latin: inside } : { km: inside, latin: outside };
  }
  return undefined;
}
