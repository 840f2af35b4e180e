import { setTimeout as sleep } from "node:timers/promises";

/** Seconds until the server says that database and queue answer it. */
export async function waitUntilReady(appUrl: string, patienceMs: number): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const ready = await fetch(`${appUrl}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
      (answer) => answer.ok,
      () => false,
    );
    const seconds = (performance.now() - startedAt) / 1000;
    if (ready) return seconds;
    if (seconds * 1000 > patienceMs) throw new Error("the server does not come back after what it needs came back");
    await sleep(20);
  }
}
