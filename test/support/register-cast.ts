import type { Directory } from './directory.js';

/** Who keeps watch over the facilities of a province, and who works in two of them. */
export const registerCast: Directory = {
  agencies: [
    { id: 'OSVY-1701', type: 'government', province: '17' },
    { id: 'PDOSVY-17', type: 'government', province: '17' },
    { id: 'NGO-HOME', type: 'ngo', province: '17' },
    { id: 'MOSVY', type: 'government' },
    { id: 'RCF-17', type: 'facility', province: '17' },
    { id: 'RCF-18', type: 'facility', province: '17' },
  ],
  staff: [
    { id: 'officer', agency: 'OSVY-1701', roles: ['OSVY_SW'] },
    { id: 'worker', agency: 'NGO-HOME', roles: ['NGO_CW'] },
    { id: 'lead', agency: 'NGO-HOME', roles: ['NGO_SUP'] },
    { id: 'inspector', agency: 'PDOSVY-17', roles: ['PDOSVY_SUP'] },
    { id: 'province', agency: 'PDOSVY-17', roles: ['PDOSVY_SUP'] },
    { id: 'head', agency: 'PDOSVY-17', roles: ['AGENCY_HEAD'] },
    { id: 'ministry', agency: 'MOSVY', roles: ['MOSVY_CPD'] },
    { id: 'director', agency: 'RCF-17', roles: ['RCF_DIR'] },
    { id: 'carer', agency: 'RCF-17', roles: ['RCF_SW'] },
    { id: 'neighbour', agency: 'RCF-18', roles: ['RCF_SW'] },
  ],
};
