import type { Request, Story } from '#libs/demonstration';

/** Unmistakable: nobody and nothing else is called so. By what they are, as reports name them. */
export const canaries = {
  familyNameKm: 'ច័ន្ទកាណារីយ៍',
  givenNameKm: 'ស្រីមុំកាណារី',
  familyNameLatin: 'Kanarychan',
  givenNameLatin: 'Sreymom-Kanary',
  nickname: 'កូនចាបកាណារី',
  phone: '+85500987654',
  phoneAsWritten: '+855 00 987 654',
  ministryNumber: 'MOSVY-KANARY-77',
  address: 'Phum Kanary Thmei, ផ្ទះលេខ៩៩៩កាណារី',
  houseKm: 'ផ្ទះលេខ៩៩៩កាណារី',
  narrative: 'kanary-told-the-worker-what-happened',
  narrativeKm: 'កុមារីកាណារីបាននិយាយថា',
} as const;

/** Written by hand into every place that is searched, so that a search that finds nothing can be believed. */
export const planted = 'planted-kanary-in-plain-sight';

/** What people write where they may write what they like. */
export const told = `${canaries.narrative} ${canaries.givenNameKm} ${canaries.narrativeKm} ${canaries.phoneAsWritten}`;

export const identity = {
  familyNameKm: canaries.familyNameKm,
  givenNameKm: canaries.givenNameKm,
  familyNameLatin: canaries.familyNameLatin,
  givenNameLatin: canaries.givenNameLatin,
  nickname: canaries.nickname,
  phone: canaries.phoneAsWritten,
  mosvyNumber: canaries.ministryNumber,
};

export const location = { address: canaries.address };

/** The same story about a child whom nobody could mistake, told in words that nobody could. */
export function aboutCanary(story: Story): Story {
  const { details } = story.child;
  const known = {
    ...details,
    identity: { ...details.identity, ...identity },
    location: { ...details.location, ...location },
  };
  return { ...story, child: { ...story.child, details: known }, requests: story.requests.map(inCanaryWords) };
}

function inCanaryWords(request: Request): Request {
  return { ...request, command: { ...request.command, data: reworded(request.command.data) } as Request['command'] };
}

/** A text with a space in it is not a code, an id, a time or a number, but what somebody wrote. */
function reworded(value: unknown): unknown {
  if (typeof value === 'string') return value.includes(' ') ? told : value;
  if (Array.isArray(value)) return value.map(reworded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, reworded(each)]));
}
