import type { Directory } from './directory.js';

/** Who works with survivors in one province: a helpline, an organisation, legal aid, a hospital and the authorities. */
export const survivorsCast: Directory = {
  agencies: [
    { id: 'HELPLINE-1280', type: 'helpline', province: '12' },
    { id: 'NGO-RIVER', type: 'ngo', province: '12' },
    { id: 'LEGAL-AID', type: 'ngo', province: '12' },
    { id: 'HOSPITAL-12', type: 'health', province: '12' },
    { id: 'PDOSVY-12', type: 'government', province: '12' },
    { id: 'MOSVY', type: 'government' },
  ],
  staff: [
    { id: 'counsellor', agency: 'HELPLINE-1280', roles: ['HELPLINE'] },
    { id: 'shift-lead', agency: 'HELPLINE-1280', roles: ['NGO_SUP'] },
    { id: 'worker', agency: 'NGO-RIVER', roles: ['NGO_CW'] },
    { id: 'lead', agency: 'NGO-RIVER', roles: ['NGO_SUP'] },
    { id: 'director', agency: 'NGO-RIVER', roles: ['AGENCY_HEAD'] },
    { id: 'lawyer', agency: 'LEGAL-AID', roles: ['LAWYER'] },
    { id: 'doctor', agency: 'HOSPITAL-12', roles: ['HEALTH'] },
    { id: 'province', agency: 'PDOSVY-12', roles: ['PDOSVY_SUP'] },
    { id: 'ministry', agency: 'MOSVY', roles: ['MOSVY_CPD'] },
  ],
};

export const lead = { id: 'lead', role: 'NGO_SUP', agency: 'NGO-RIVER' };
export const province = { id: 'province', role: 'PDOSVY_SUP', agency: 'PDOSVY-12' };
export const toWorker = { owner: 'worker', agency: 'NGO-RIVER' };
