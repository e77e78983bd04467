import { localDateOf, type Instant } from '#libs/calendar';
import type { ForeignSystem, KnownCase } from '#libs/cases';

/**
 * A system gets back what it told us. Everything else leaves only with a consent in force that names it as recipient;
 * and nothing leaves to it once such a consent was withdrawn.
 *
 * @param recipients names under which a consent may mean it: the system's own, the instance's
 */
export function mayLeave(
  state: KnownCase,
  system: ForeignSystem,
  recipients: readonly string[],
  { now, zone }: { now: Instant; zone: string },
): boolean {
  const sharing = state.consents.filter(
    ({ kind, recipient }) => kind === 'CONSENT_SHARING' && recipient !== undefined && recipients.includes(recipient),
  );
  const today = localDateOf(now, zone);
  if (sharing.some(({ withdrawn, endsOn }) => !withdrawn && (endsOn === undefined || endsOn >= today))) return true;
  return state.foreign[system] !== undefined && sharing.length === 0;
}
