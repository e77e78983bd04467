import type { Directory } from './directory.js';

/** A district, the office of its province, the ministry, and an organisation that uses OSCaR. */
export const exchangeCast: Directory = {
  agencies: [
    { id: 'osvy-0202', type: 'district_office', province: '02' },
    { id: 'pdosvy-02', type: 'provincial_office', province: '02' },
    { id: 'cif', type: 'ngo', province: '02' },
    { id: 'mosvy', type: 'ministry' },
  ],
  staff: [
    { id: 'worker', agency: 'osvy-0202', roles: ['OSVY_SW'] },
    { id: 'province', agency: 'pdosvy-02', roles: ['PDOSVY_SUP'] },
  ],
};
