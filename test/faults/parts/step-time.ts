import { askDatabase } from "../../support/ask-database.ts";

/**
 * As if hours had passed: pauses that HubSpot asked for are over, and what was put off is due. Waiting for it is another test's
 * matter (test/journeys/faults.test.ts).
 */
export async function stepTime(databaseUrl: string): Promise<void> {
  for (const statement of [
    "UPDATE request_budgets SET paused_until = 0 WHERE paused_until > 0",
    "UPDATE stale_records SET due_at = now() WHERE due_at > now()",
    "UPDATE dirty_accounts SET due_at = now() WHERE due_at > now()",
  ])
    await askDatabase(databaseUrl, statement);
}

/** As if the day had passed after which HubSpot is asked again to take what it refused. */
export async function stepRefusals(databaseUrl: string): Promise<void> {
  await askDatabase(databaseUrl, "UPDATE write_failures SET failed_at = failed_at - interval '1 day'");
}
