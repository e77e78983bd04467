import type { ConsentBand } from '#libs/pathways';
import { dateOf, dayOf, moved, yearsSince } from './almanac.js';
import type { Books, KeptConsent } from './books.js';
import { as, unless, type About, type Rule } from './rule.js';

const SHARING = 'CONSENT_SHARING';

/** What leaves the agency. */
export const sharingRules: readonly Rule[] = [
  {
    name: 'nothing is shared without consent or an exception that counts',
    event: (entry, books, about) => {
      const sent = as('ReferralSent', entry);
      if (sent === undefined) return [];
      const { toAgency } = sent.event.data;
      return unless(maybeShared(toAgency, entry.recordedAt, books, about), `${toAgency} was told`);
    },
  },
];

function maybeShared(recipient: string, now: string, { consents, exceptions }: Books, about: About): boolean {
  const { bands, exceptions: kinds, approvedWithin } = about.common.consent;
  const age = yearsSince(about.birthDate, now);
  const band = bands.find(({ from, to }) => age >= from && age <= (to ?? age));
  const given = [...consents.values()].filter((each) => covers(each, recipient, now));
  const inForce = [...exceptions.values()]
    .filter((each) => each.kinds.includes(SHARING) && !each.ended)
    .filter((each) => each.approved || moved(each.at, approvedWithin) > now)
    .flatMap(({ code }) => kinds[code] ?? []);
  if (inForce.some(({ standsIn }) => standsIn === 'all')) return true;
  const setAside = inForce.some(({ ages }) => age >= (ages?.atLeast ?? 0) && age <= (ages?.atMost ?? age));
  return band !== undefined && childAgrees(band, given) && adultAgrees(band, given, setAside);
}

function covers({ kind, recipient, withdrawn, endsOn }: KeptConsent, agency: string, now: string): boolean {
  return (
    kind === SHARING && recipient === agency && !withdrawn && (endsOn === undefined || endsOn >= dateOf(dayOf(now)))
  );
}

function childAgrees({ child }: ConsentBand, given: readonly KeptConsent[]): boolean {
  const own = given.filter(({ giver }) => giver === 'child');
  if (child === 'none') return true;
  return child === 'informal' ? own.length > 0 : own.some(({ manner }) => manner !== 'spoken');
}

function adultAgrees({ caregiver, otherwise }: ConsentBand, given: readonly KeptConsent[], setAside: boolean): boolean {
  if (caregiver === 'none') return true;
  const asked = given.filter(({ giver }) => giver === 'caregiver');
  if (asked.some(({ childPermits }) => caregiver === 'required' || childPermits === true)) return true;
  const standsIn = (giver: ConsentBand['otherwise'][number]): boolean =>
    giver === 'child' ||
    given.some((each) => (giver === 'mature_child' ? each.maturityNoted === true : each.giver === giver));
  return setAside && otherwise.some(standsIn);
}
