import { setTimeout as sleep } from "node:timers/promises";

/** HubSpot gives up on a webhook after 5 s (hubspot-api.md §3.4). */
const answerMs = 2_000;

export class StoreAway extends Error {
  override readonly name = "StoreAway";
  constructor() {
    super("the queue's store does not answer");
  }
}

/**
 * Nobody waits for a store that is away: the work stands in the database, and the sweeper wakes it again. What was asked
 * is carried out when the store is back, which does no harm.
 */
export async function inTime(answer: Promise<unknown>): Promise<void> {
  const late = new AbortController();
  const timeout = sleep(answerMs, null, { signal: late.signal }).then(() => {
    throw new StoreAway();
  });
  try {
    await Promise.race([answer, timeout]);
  } finally {
    timeout.catch(() => undefined);
    answer.catch(() => undefined);
    late.abort();
  }
}
