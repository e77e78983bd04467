import type { Actor } from '#libs/cases';

/** The program by itself: it counts and reminds, and decides nothing. */
export const system: Actor = { id: 'system', roles: ['SYSTEM'], agency: 'spean' };
