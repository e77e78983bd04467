/** It can't be done from here: a rule of the pathway stands against it, or there is no time left. */
export class Impossible extends Error {
  override readonly name = 'Impossible';
}
