const waiting = new Map<string, Promise<unknown>>();

/**
 * Does one thing at a time about one subject. A change that is merged over what is known would else be merged over what
 * another change has just replaced.
 */
export async function serially<Result>(subject: string, work: () => Promise<Result>): Promise<Result> {
  const before = waiting.get(subject) ?? Promise.resolve();
  const mine = before.then(work, work);
  waiting.set(subject, mine);
  try {
    return await mine;
  } finally {
    if (waiting.get(subject) === mine) waiting.delete(subject);
  }
}
