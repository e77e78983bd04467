import type { Random } from '../../../simulators/shared/random.js';
import type { Child } from '../child.js';
import type { Expectation } from '../expectation.js';
import type { World } from '../world.js';

/** What happens to one child, on all sides, in order. @returns how it must end */
export type Story = (world: World, child: Child, random: Random) => Promise<Omit<Expectation, 'story'>>;

/** What both systems hold of a child whose identity is open to them. */
export const primeroFields = ({ given, family, sex, birthDate }: Child) => ({
  name_first: given,
  name_last: family,
  sex,
  date_of_birth: birthDate,
});

export const oscarFields = ({ given, family, sex, birthDate }: Child) => ({
  given_name: given,
  family_name: family,
  gender: sex,
  date_of_birth: birthDate,
});
