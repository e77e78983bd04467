import type { Pathway } from '#libs/pathways';
import type { CaseCommand } from './commands.js';
import type { DecideContext } from './context.js';
import type { Unmet } from './refusal.js';
import type { CaseState } from './state.js';
import { unmet } from './texts.js';

/** Endings of web addresses that are no words: `house.kh` can only be an address. */
const plainEndings = 'com|org|net|kh|vn|onion|xyz|ru|cn|nz|gg|xxx|app';
/** Endings that are words too: an address only with a path behind them, or people could not leave out a space. */
const wordEndings = 'io|info|me|tv|co|to|in|is|it|be|at|so|ly|link|site|online|live|club|top|video|cam|porn|sex|dev|cc';

const name = String.raw`(?<![\w.@-])[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)*\.`;

/**
 * Web addresses, with or without a scheme, and file hashes: runs of 32 hexadecimal digits or more, also in pairs.
 * E-mail addresses are left alone. Names are looked for from their first letter only, so that long texts cost little.
 */
const LINK = new RegExp(
  [
    String.raw`(?:h(?:tt|xx)ps?|ftp|magnet|ipfs|data):\S`,
    String.raw`(?<![\w.@-])www\d?\.\S`,
    String.raw`${name}(?:${plainEndings}|${wordEndings})[/?#:][\w?#/]`,
    String.raw`(?<![0-9a-z])[0-9a-f]{32,}(?![0-9a-z])`,
    String.raw`(?<![0-9a-z])(?:[0-9a-f]{2}[ :-]){15,}[0-9a-f]{2}(?![0-9a-z])`,
  ].join('|'),
  'iu',
);

/** In small or in capital letters, but not `Mr.Net`: names of people follow a full stop, too. */
const BARE_ADDRESS = new RegExp(`${name}(?:${plainEndings}|${plainEndings.toUpperCase()})(?![A-Za-z0-9-])`, 'u');

/** Spaces of no width stand between Khmer words and may hide in an address; wide forms and `[.]` mean a full stop. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/gu, '')
    .replace(/\s?[[({]\s?(?:\.|dot)\s?[\])}]\s?|。/giu, '.');
}

export function holdsLink(text: string): boolean {
  const read = plain(text);
  return LINK.test(read) || BARE_ADDRESS.test(read);
}

/**
 * No abuse material, link or hash is ever stored (GR-CSAM): where the pathway says so, free text is searched before
 * anything else is looked at, and refused without repeating what was written.
 */
export function forbiddenText(command: CaseCommand, state: CaseState, context: DecideContext): Unmet[] {
  if (pathwayOf(command, state, context)?.definition.content.refuseLinksInText !== true) return [];
  return textsIn(command.data, '')
    .filter(([, text]) => holdsLink(text))
    .map(([path]) => unmet('LinkInText', path));
}

/** Whether the pathway refuses files of this media type; `image/*` covers every kind of image. */
export function refusesMediaType(mediaType: string, refused: readonly string[]): boolean {
  const [essence = ''] = mediaType.toLowerCase().split(';');
  return refused.some((pattern) =>
    pattern.endsWith('/*') ? essence.trim().startsWith(pattern.slice(0, -1)) : essence.trim() === pattern,
  );
}

function pathwayOf(command: CaseCommand, state: CaseState, context: DecideContext): Pathway | undefined {
  if (state.status === 'known' && state.enrolment !== undefined) return context.pathway(state.enrolment.pathway);
  const key = command.type === 'OpenCase' || command.type === 'EnrolCase' ? command.data.pathway : undefined;
  return key === undefined ? undefined : context.pathway(key);
}

/** Every text a person wrote in the command, with its place; ids, keys, digests and tokens are ours or another system's. */
function textsIn(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') return NOT_WRITTEN.test(path) ? [] : [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => textsIn(each, path === '' ? key : `${path}.${key}`));
}

const NOT_WRITTEN =
  /^(?:identifiers\..*|(?:.*\.)?(?:[a-z]*Id|id|token|key|digest|deadline|pathway|owner|agency|recipient|toAgency|fromAgency))$/u;
