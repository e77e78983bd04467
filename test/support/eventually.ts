const patienceMs = 10_000;
const pauseMs = 10;

/** Repeats an expectation about something that happens by itself until it holds. @throws its last failure. */
export async function eventually(expectation: () => unknown, patience = patienceMs): Promise<void> {
  const end = Date.now() + patience;
  for (;;) {
    try {
      await expectation();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}
