import { splitName, type ScriptedName } from '../names.js';
import { present } from '../objects.js';

/** One part of a name as OSCaR holds it: a Latin field and a local one, either of which may hold the other script. */
export interface OscarName {
  latin: string;
  local: string;
}

export function readOscarName({ latin, local }: OscarName): ScriptedName {
  const [inLatin, inLocal] = [splitName(latin), splitName(local)];
  return present({ km: inLocal.km ?? inLatin.km, latin: inLatin.latin ?? inLocal.latin });
}

export const writeOscarName = ({ km, latin }: ScriptedName): OscarName => ({ latin: latin ?? '', local: km ?? '' });
