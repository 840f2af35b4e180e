import { sql } from "kysely";
import type { SimulatedWorld } from "./simulated-world.ts";
import type { TeamAtWork } from "./team-at-work.ts";

/** What happened in one week. */
export interface Week {
  readonly number: number;
  readonly startedAt: number;
  /** Things that happened in the CRM. */
  events: number;
  /** Changes that the team asked Touchstone for. */
  requests: number;
  scoresMoved: number;
  tierMoves: number;
  /** Alerts that were raised in this week, by what has become of them until its end. */
  hot: Readonly<Record<string, number>>;
  tasks: number;
  launched: number;
  refused: number;
}

const nothing = { events: 0, requests: 0, scoresMoved: 0, tierMoves: 0, hot: {}, tasks: 0, launched: 0, refused: 0 };

export const emptyWeek = (number: number, startedAt: number): Week => ({ number, startedAt, ...nothing });

/** Fills in what the database and HubSpot know of the week that ends now. */
export async function countWeek(
  { db, portalId, ...world }: SimulatedWorld,
  { plays }: Pick<TeamAtWork, "plays">,
  week: Week,
): Promise<Week> {
  const since = week.startedAt;
  const moved = await sql<{ scores: number; tiers: number }>`
    SELECT (SELECT count(*) FROM account_scores WHERE portal_id = ${portalId} AND moved_at > ${since})::int
      + (SELECT count(*) FROM score_history WHERE portal_id = ${portalId} AND moved_at > ${since})::int AS scores,
      (SELECT count(*) FROM tier_moves WHERE portal_id = ${portalId} AND moved_at > ${since} AND tier_from <> tier_to)::int AS tiers`.execute(
    db,
  );
  const alerts = await sql<{ state: string; n: number }>`
    SELECT state, count(*)::int AS n FROM hot_alerts WHERE portal_id = ${portalId} AND crossed_at > ${since}
    GROUP BY state ORDER BY state`.execute(db);
  week.scoresMoved = moved.rows[0]?.scores ?? 0;
  week.tierMoves = moved.rows[0]?.tiers ?? 0;
  week.hot = Object.fromEntries(alerts.rows.map(({ state, n }) => [state, n]));
  week.tasks = world.ownTasks().length;
  const trials = plays.trials.filter(({ at }) => at > since);
  week.launched = trials.filter(({ launched }) => launched).length;
  week.refused = trials.length - week.launched;
  return week;
}
