import type { Actor } from '../actor.js';

/** Roles that answer for others' deadlines. */
const SUPERVISORS = ['PDOSVY_SUP', 'NGO_SUP', 'AGENCY_HEAD', 'MOSVY_CPD'];

export const supervises = ({ roles }: Actor): boolean => roles.some((role) => SUPERVISORS.includes(role));
