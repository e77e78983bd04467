import type { GuardDefinition, TransitionDefinition } from '#libs/pathways';
import { words } from '../words.js';
import { Impossible } from './impossible.js';
import { scribe } from './records.js';
import type { Scene } from './scene.js';
import { somebody } from './team.js';

/** Meets a guard by making its check true or by having somebody attest it, whichever is open, in no fixed order. */
export function meetGuard(scene: Scene, guard: GuardDefinition, transition?: TransitionDefinition): void {
  const { check, attestation } = guard;
  const ways = [
    ...(check === undefined ? [] : [() => scene.satisfy(check, true)]),
    ...(attestation === undefined ? [] : [() => attest(scene, guard, transition)]),
  ];
  const { rehearsal } = scene;
  if (!rehearsal.random.shuffled(ways).some((way) => rehearsal.attempt(way))) {
    throw new Impossible(`guard ${guard.id} cannot be met`);
  }
}

/** With the step itself if whoever takes it may attest; otherwise ahead of it, by somebody who may. */
function attest({ rehearsal, attempt }: Scene, guard: GuardDefinition, transition?: TransitionDefinition): void {
  const allowed = guard.attestation?.roles ?? transition?.roles;
  if (attempt !== undefined && allowed?.some((role) => attempt.actor.roles.includes(role)) === true) {
    attempt.attestations.push({ guard: guard.id, reason: words.attestation });
    return;
  }
  const actor = allowed === undefined ? scribe(rehearsal) : somebody(allowed, rehearsal.team, rehearsal.state);
  rehearsal.tick();
  rehearsal.ask(actor, 'AttestGuard', { guard: guard.id, reason: words.attestation });
}
