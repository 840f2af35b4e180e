import { sql } from "kysely";
import type { Invariant } from "./invariant.ts";

interface LaunchRow {
  readonly name: string;
  readonly tier: string;
  readonly launchedAt: number;
  readonly approvedBy: string | null;
  readonly handoff: object | null;
  readonly reason: string | null;
}

/** The answers follow the simulation's own book, and the rows that are launched keep the rules by themselves. */
export const noPlayAgainstTheGuard: Invariant = {
  name: "no play launched against the guard",
  check: async ({ world, team }) => {
    const breaches = team.plays.trials.flatMap(({ name, tier, mayLaunch, launched }) =>
      mayLaunch === launched ? [] : `${name} (${tier}) was ${launched ? "launched" : "refused"} against the rules`,
    );
    const { rows } = await sql<LaunchRow>`
      SELECT document ->> 'name' AS name, document ->> 'tier' AS tier, launched_at AS "launchedAt", approved_by AS "approvedBy",
        nullif(document -> 'handoff', 'null') AS handoff, override_reason AS reason
      FROM plays WHERE portal_id = ${world.portalId} AND launched_at IS NOT NULL`.execute(world.db);
    const months = new Set<string>();
    for (const { name, tier, launchedAt, approvedBy, handoff, reason } of rows) {
      if (!approvedBy || !handoff) breaches.push(`${name} is launched without approval or hand-over`);
      const month = `${tier} ${new Date(launchedAt).toLocaleDateString("en-CA", { timeZone: "Europe/Madrid" }).slice(0, 7)}`;
      if (reason !== null) continue;
      if (months.has(month)) breaches.push(`${name} is the second of ${month} without a reason`);
      months.add(month);
    }
    return breaches;
  },
};
