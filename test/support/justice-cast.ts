import type { Directory } from './directory.js';

/** Who deals with a child in conflict with the law in one province, and a colleague elsewhere who must hear nothing. */
export const justiceCast: Directory = {
  agencies: [
    { id: 'PDOSVY-08', type: 'government', province: '08' },
    { id: 'POLICE-08', type: 'police', province: '08' },
    { id: 'COURT-08', type: 'court', province: '08' },
    { id: 'LEGAL-AID', type: 'ngo', province: '08' },
    { id: 'NGO-BRIDGE', type: 'ngo', province: '08' },
    { id: 'PDOSVY-12', type: 'government', province: '12' },
    { id: 'MOSVY', type: 'government' },
  ],
  staff: [
    { id: 'agent', agency: 'PDOSVY-08', roles: ['SOCIAL_AGENT'] },
    { id: 'province', agency: 'PDOSVY-08', roles: ['PDOSVY_SUP'] },
    { id: 'director', agency: 'PDOSVY-08', roles: ['AGENCY_HEAD'] },
    { id: 'chair', agency: 'PDOSVY-08', roles: ['GK_CHAIR'] },
    { id: 'officer', agency: 'POLICE-08', roles: ['JPO'] },
    { id: 'prosecutor', agency: 'COURT-08', roles: ['PROSECUTOR'] },
    { id: 'lawyer', agency: 'LEGAL-AID', roles: ['LAWYER'] },
    { id: 'elder', agency: 'NGO-BRIDGE', roles: ['GK_MEMBER'] },
    { id: 'teacher', agency: 'NGO-BRIDGE', roles: ['GK_MEMBER'] },
    { id: 'agent-elsewhere', agency: 'PDOSVY-12', roles: ['SOCIAL_AGENT'] },
    { id: 'ministry', agency: 'MOSVY', roles: ['MOSVY_CPD'] },
  ],
};

export const chair = { id: 'chair', role: 'GK_CHAIR', agency: 'PDOSVY-08' };
export const prosecutor = { id: 'prosecutor', role: 'PROSECUTOR', agency: 'COURT-08' };
