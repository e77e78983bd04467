import { acrossToOscar } from './across-to-oscar.js';
import { acrossToPrimero } from './across-to-primero.js';
import { askOscar } from './ask-oscar.js';
import { askPrimero } from './ask-primero.js';
import { bothChange } from './both-change.js';
import { neverConsented } from './never-consented.js';
import type { Story } from './story.js';
import { withdrawn } from './withdrawn.js';

/** Those that cross both systems come more often. */
export const stories: readonly (readonly [name: string, story: Story])[] = [
  ['Primero to OSCaR', acrossToOscar],
  ['OSCaR to Primero', acrossToPrimero],
  ['we ask OSCaR', askOscar],
  ['we ask Primero', askPrimero],
  ['Primero to OSCaR', acrossToOscar],
  ['both sides correct', bothChange],
  ['OSCaR to Primero', acrossToPrimero],
  ['consent withdrawn', withdrawn],
  ['we ask OSCaR', askOscar],
  ['no consent', neverConsented],
];
