import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { isExcusedInTime } from "./hot-alerts.ts";

/** Outreach clocks whose time ended in one week, counted back from now. */
export interface ClockWeek {
  /** 0 is the week that ends now. */
  readonly week: number;
  readonly met: number;
  readonly late: number;
  /** Those included that were excused when their time was over. */
  readonly missed: number;
  readonly excusedAfter: number;
  readonly excused: number;
}

const dayMs = 86_400_000;
/** No clock runs longer, so a clock that ended in a period began at most so long before it. */
const longestClockMs = 31 * dayMs;

/** Clocks that ended between two times, by week. A clock that still runs is in none. */
export async function countClocks(db: Database, portalId: PortalId, from: number, now: number): Promise<ClockWeek[]> {
  const { rows } = await sql<ClockWeek>`
    SELECT ((${now}::bigint - due_at) / ${7 * dayMs}::bigint)::int AS week,
      (count(*) FILTER (WHERE state <> 'excused' AND outreach_at <= due_at))::int AS met,
      (count(*) FILTER (WHERE state <> 'excused' AND outreach_at > due_at))::int AS late,
      (count(*) FILTER (WHERE NOT ${isExcusedInTime} AND (outreach_at IS NULL OR state = 'excused')))::int AS missed,
      (count(*) FILTER (WHERE state = 'excused' AND NOT ${isExcusedInTime}))::int AS "excusedAfter",
      (count(*) FILTER (WHERE ${isExcusedInTime}))::int AS excused
    FROM hot_alerts WHERE portal_id = ${portalId} AND due_at >= ${from}::bigint AND due_at < ${now}::bigint
      AND crossed_at >= ${from - longestClockMs}::bigint GROUP BY 1 ORDER BY 1`.execute(db);
  return rows;
}

export interface ReachTimes {
  readonly answered: number;
  /** From the moment when the account became hot to the first outreach; null: nobody reached out. */
  readonly medianMs: number | null;
  readonly p90Ms: number | null;
}

/** How long people took over the clocks that ended between two times, in time or late. */
export async function readReachTimes(db: Database, portalId: PortalId, from: number, now: number): Promise<ReachTimes> {
  const took = sql`outreach_at - crossed_at`;
  const { rows } = await sql<ReachTimes>`
    SELECT count(*)::int AS answered, (percentile_disc(0.5) WITHIN GROUP (ORDER BY ${took}))::float8 AS "medianMs",
      (percentile_disc(0.9) WITHIN GROUP (ORDER BY ${took}))::float8 AS "p90Ms"
    FROM hot_alerts WHERE portal_id = ${portalId} AND due_at >= ${from}::bigint AND due_at < ${now}::bigint
      AND crossed_at >= ${from - longestClockMs}::bigint AND state <> 'excused' AND outreach_at IS NOT NULL`.execute(
    db,
  );
  return rows[0] ?? { answered: 0, medianMs: null, p90Ms: null };
}
