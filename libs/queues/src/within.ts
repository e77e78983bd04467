/** Waits for a promise, but not longer than `ms`. @returns whether it was fulfilled in that time. */
export async function within(promise: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const fulfilled = promise.then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([fulfilled, patience]);
  } finally {
    clearTimeout(timer);
  }
}
