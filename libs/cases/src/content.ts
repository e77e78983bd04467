import type { CaseCommand } from './commands.js';
import type { DecideContext } from './context.js';
import type { Unmet } from './refusal.js';
import type { KnownCase } from './state.js';
import { unmet } from './texts.js';

/** Web addresses, with or without a scheme, and runs of 32 hexadecimal digits or more (file hashes). */
const LINK =
  /\b(?:https?:\/\/|www\.)\S+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|kh|onion|info|me|tv|xyz|ru|cn)(?:\/\S*)?\b|\b[0-9a-f]{32,}\b/iu;

/**
 * No abuse material, link or hash is ever stored (GR-CSAM): where the pathway says so, free text is searched before
 * anything else is looked at, and refused without repeating what was written.
 */
export function forbiddenText(command: CaseCommand, state: KnownCase, context: DecideContext): Unmet[] {
  const pathway = state.enrolment && context.pathway(state.enrolment.pathway);
  if (pathway?.definition.content.refuseLinksInText !== true) return [];
  return textsIn(command.data, '')
    .filter(([, text]) => LINK.test(text))
    .map(([path]) => unmet('LinkInText', path));
}

/** Whether the pathway refuses files of this media type; `image/*` covers every kind of image. */
export function refusesMediaType(mediaType: string, refused: readonly string[]): boolean {
  return refused.some((pattern) =>
    pattern.endsWith('/*') ? mediaType.startsWith(pattern.slice(0, -1)) : mediaType === pattern,
  );
}

/** Every text a person wrote in the command, with its place; ids and tokens are ours. */
function textsIn(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') return OURS.test(path) ? [] : [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => textsIn(each, path === '' ? key : `${path}.${key}`));
}

const OURS = /(?:Id|token|deadline|pathway|owner|agency|recipient|toAgency|fromAgency)$/u;
