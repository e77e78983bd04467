/** It can't be done from here: a rule of the pathway stands against it, or there is no time left. */
export class Impossible extends Error {
  override readonly name: string = 'Impossible';
}

/** It could be done if there were more time. */
export class OutOfTime extends Impossible {
  override readonly name = 'OutOfTime';
}
