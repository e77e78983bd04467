import type { SimulatedOscar } from '../oscar/start-oscar.js';
import type { SimulatedPrimero } from '../primero/start-primero.js';

/** What the people over there do in a demonstration: they take on whatever they were asked. */
export function answerWaiting(primero: SimulatedPrimero, oscar: SimulatedOscar): void {
  for (const { id, status, type, record_id: caseId, transitioned_to: user } of primero.state.transitions) {
    if (type === 'Referral' && status === 'in_progress' && user !== undefined) {
      primero.staff.acceptReferral(user, caseId, id);
    }
  }
  for (const referral of oscar.state.referrals) {
    if (!referral.saved) oscar.staff.acceptReferral(referral);
  }
}
