import { describe, expect, it } from '@jest/globals';

import { hashPassword, isPassword } from './hashing.js';
import { passwordProblem } from './password-problem.js';

const words = ['osvy-1201-a', 'Lotus Families', 'OSVY-1201'];

describe('a password', () => {
  it.each([
    ['eleven char', 'password_short'],
    ['ខ្មែរ'.repeat(2), 'password_short'],
    ['a b'.repeat(50), 'password_long'],
    ['Password1234', 'password_common'],
    ['!!123qwertyuiop456!!', 'password_common'],
    ['dragondragondragon', 'password_common'],
    ['letmein2024letmein2024', 'password_common'],
    ['aaaaaaaaaaaaaaaa', 'password_common'],
    ['1234567890123', 'password_common'],
    ['spean-spean-spean-x1', 'password_personal'],
    ['osvy-1201-a!17', 'password_personal'],
    ['lotusFAMILIES99x', 'password_personal'],
  ])('such as %s is refused', (password, problem) => {
    expect(passwordProblem(password, words)).toBe(problem);
  });

  it.each(['mango rain bicycle', 'ទន្លេសាបមានត្រីច្រើន', '🐟🐠🐡🦈🐬🐳🦭🐊🦎🐢🐍🐉', 'mmmmmmmmmmmmyz0-q'])(
    'of any script and composition is taken when it is long enough: %s',
    (password) => {
      expect(passwordProblem(password, words)).toBeUndefined();
    },
  );

  it('is the same however the device composes its characters, and no other', async () => {
    const kept = await hashPassword('café au lait ﬁn');
    expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await isPassword(kept, 'cafe\u0301 au lait fin')).toBe(true);
    expect(await isPassword(kept, 'cafe au lait fin')).toBe(false);
  });

  it('is cut nowhere, and its letters keep their case', async () => {
    const longest = `${'mango rain '.repeat(12).slice(0, 127)}Z`;
    const kept = await hashPassword(longest);
    expect([longest.length, passwordProblem(longest, []), await isPassword(kept, longest)]).toEqual([
      128,
      undefined,
      true,
    ]);
    for (const other of [longest.slice(0, -1), `${longest.slice(0, -1)}Y`, longest.toLowerCase(), `${longest} `]) {
      expect(await isPassword(kept, other)).toBe(false);
    }
  });

  it('of nobody is compared as well, and never right', async () => {
    expect(await isPassword(undefined, '')).toBe(false);
    const time = async (kept: string | undefined) => {
      const started = performance.now();
      for (let round = 0; round < 5; round += 1) await isPassword(kept, 'mango rain bicycle');
      return performance.now() - started;
    };
    const kept = await hashPassword('another one entirely');
    expect((await time(undefined)) / (await time(kept))).toBeGreaterThan(0.3);
  });
});
