import { cambodianHolidays } from './cambodian-holidays.js';
import { byDate, type WorkingCalendar } from './working-calendar.js';

/**
 * Public offices in Cambodia: UTC+7 without daylight saving, Monday to Friday. The opening hour is an assumption:
 * offices start between 07:30 and 08:00, and by 08:00 somebody is there to read an escalation.
 */
export const cambodia: WorkingCalendar = {
  zone: 'Asia/Phnom_Penh',
  weekend: [6, 7],
  officeOpens: '08:00',
  holidays: byDate(cambodianHolidays),
  knownUntil: '2027-12-31',
};
