import type { GuardDefinition, Pathway, TransitionDefinition } from '#libs/pathways';
import { documentsOf } from './conditions/records.js';
import { holds } from './conditions/holds.js';
import { entryVersion } from './conditions/entry.js';
import { missingConsent } from './consents/in-force.js';
import { stopsOfMove } from './moves/stops.js';
import { viewOf, type DecideContext, type Step, type View } from './context.js';
import type { Unmet } from './refusal.js';
import type { KnownCase } from './state.js';
import { consentMissing, unmet } from './texts.js';

/** Everything that stands between the case and a transition, role aside: documents, consents, decision, guards. */
export function unmetRequirements(transition: TransitionDefinition, view: View, pathway: Pathway): Unmet[] {
  return [
    ...missingDocuments(transition, view, pathway),
    ...missingConsents(transition, view, pathway),
    ...missingDecision(transition, view, pathway),
    ...(transition.movesChild === true ? stopsOfMove(view, view.step?.dangerDeclared === true) : []),
    ...transition.guards.flatMap((guard) => unmetGuard(guard, view)),
  ];
}

/**
 * A guard that is not met: the check fails and nobody has attested it, or an attestation is what it takes.
 *
 * @param since the version after which an attestation counts; the entry into the present state, unless a track says
 */
export function unmetGuard(guard: GuardDefinition, view: View, since = entryVersion(view.state)): Unmet[] {
  if (guard.when !== undefined && !holds(guard.when, view)) return [];
  if (guard.check !== undefined && holds(guard.check, view)) return [];
  if (guard.attestation === undefined) return [guardUnmet(guard)];
  if (isAttested(guard.id, view.state, since)) return [];
  return [unmet('AttestationMissing', guard.id, guard.text)];
}

/** Whoever is told no is told what else to do. */
function guardUnmet({ id, text, tryFirst }: GuardDefinition): Unmet {
  if (tryFirst === undefined) return unmet('GuardUnmet', id, text);
  const services = Object.values(tryFirst);
  const words = {
    en: `${text.en}: ${services.map(({ en }) => en).join(', ')}`,
    km: `${text.km}៖ ${services.map(({ km }) => km).join(', ')}`,
  };
  return { ...unmet('GuardUnmet', id, words), tryFirst: Object.keys(tryFirst) };
}

/** Whoever the guard names; else whoever may take the transition; a guard of a track that names nobody, anybody. */
export function mayAttest(
  guard: GuardDefinition,
  transition: TransitionDefinition | undefined,
  roles: readonly string[],
): boolean {
  const allowed = guard.attestation?.roles ?? transition?.roles;
  return guard.attestation !== undefined && (allowed === undefined || roles.some((role) => allowed.includes(role)));
}

/** The view in which a step's guards are checked. */
export function stepView(state: KnownCase, context: DecideContext, at: string, step: Step): View {
  return viewOf(state, context, at, { step });
}

function isAttested(guard: string, state: KnownCase, since: number): boolean {
  return state.attestations.some((each) => each.guard === guard && each.version > since);
}

function missingDocuments({ documents }: TransitionDefinition, view: View, { common }: Pathway): Unmet[] {
  return documents
    .filter(({ when }) => when === undefined || holds(when, view))
    .filter(({ code, since }) => documentsOf(view.state, code, since).length === 0)
    .map(({ code }) => unmet('DocumentMissing', code, common.documents[code]?.title ?? code));
}

function missingConsents({ consents }: TransitionDefinition, view: View, { common }: Pathway): Unmet[] {
  return consents
    .filter(({ when }) => when === undefined || holds(when, view))
    .flatMap(({ kind, orException = false }) => {
      const missing = missingConsent(view.state, kind, view.context, orException);
      return missing.length === 0 ? [] : [consentMissing(kind, common.documents[kind]?.title ?? kind, missing)];
    });
}

function missingDecision({ decision }: TransitionDefinition, view: View, { definition }: Pathway): Unmet[] {
  if (decision === undefined || holds({ decision: { outcome: [decision], since: 'entry' } }, view)) return [];
  const title = Object.values(definition.gates)
    .map(({ outcomes }) => outcomes[decision])
    .find((text) => text !== undefined);
  return [unmet('DecisionMissing', decision, title ?? decision)];
}
