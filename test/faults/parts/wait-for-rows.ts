import { setTimeout as sleep } from "node:timers/promises";
import { askDatabase } from "../../support/ask-database.ts";

/** Asks the database again and again until there is a row. Throws with `what` when none comes in time. */
export async function waitForRows(
  databaseUrl: string,
  what: string,
  question: { readonly text: string; readonly values: readonly unknown[] },
  patienceMs: number,
): Promise<void> {
  for (const endAt = Date.now() + patienceMs; Date.now() < endAt; await sleep(50)) {
    const rows = await askDatabase(databaseUrl, question.text, question.values);
    if (rows.length > 0) return;
  }
  throw new Error(`never came: ${what}`);
}
