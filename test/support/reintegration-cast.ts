import type { Directory } from './directory.js';

/** Who brings a child home from a facility in one province to a family in the next. */
export const reintegrationCast: Directory = {
  agencies: [
    { id: 'RCF-17', type: 'facility', province: '17' },
    { id: 'NGO-HOME', type: 'ngo', province: '17' },
    { id: 'PDOSVY-17', type: 'government', province: '17' },
    { id: 'COMMUNE-01', type: 'government', province: '01' },
    { id: 'SCHOOL-01', type: 'school', province: '01' },
    { id: 'MOSVY', type: 'government' },
  ],
  staff: [
    { id: 'worker', agency: 'NGO-HOME', roles: ['NGO_CW'] },
    { id: 'lead', agency: 'NGO-HOME', roles: ['NGO_SUP', 'GK_MEMBER'] },
    { id: 'director', agency: 'NGO-HOME', roles: ['AGENCY_HEAD'] },
    { id: 'manager', agency: 'RCF-17', roles: ['RCF_DIR'] },
    { id: 'chair', agency: 'PDOSVY-17', roles: ['GK_CHAIR'] },
    { id: 'province', agency: 'PDOSVY-17', roles: ['PDOSVY_SUP'] },
    { id: 'commune', agency: 'COMMUNE-01', roles: ['CCWC', 'GK_MEMBER'] },
    { id: 'headteacher', agency: 'SCHOOL-01', roles: ['SCHOOL'] },
    { id: 'ministry', agency: 'MOSVY', roles: ['MOSVY_CPD'] },
  ],
};

export const chair = { id: 'chair', role: 'GK_CHAIR', agency: 'PDOSVY-17' };
