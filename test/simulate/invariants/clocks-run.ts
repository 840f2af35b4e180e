import { sql } from "kysely";
import type { SimulatedWorld } from "../simulated-world.ts";
import type { Invariant, Scene } from "./invariant.ts";

interface AlertRow {
  readonly account: string;
  readonly crossedAt: number;
  readonly dueAt: number;
  readonly state: string;
  /** When somebody reached out, or said why nobody needs to. */
  readonly answeredAt: number | null;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Rows 46 and 83, and what the product says is its own: 7 days in which a demo request counts. */
const [clockMs, youngMs] = [dayMs, 7 * dayMs];

/** Whoever asked for a demo at a target account has made it hot: a clock of 24 hours runs for it, or was answered since. */
export const noHotAccountWithoutClock: Invariant = {
  name: "no hot account without a clock",
  check: async (scene) => {
    const alerts = await readAlerts(scene.world);
    const breaches = alerts.flatMap(({ account, crossedAt, dueAt }) =>
      dueAt - crossedAt === clockMs ? [] : `the clock of ${account} runs for ${(dueAt - crossedAt) / hourMs} hours`,
    );
    const byAccount = Map.groupBy(alerts, ({ account }) => account);
    for (const [account, askedAt] of demoRequests(scene)) {
      const own = byAccount.get(account) ?? [];
      if (!own.some(({ answeredAt, state }) => isRunning(state) || (answeredAt !== null && answeredAt >= askedAt)))
        breaches.push(`${account} asked for a demo at ${new Date(askedAt).toISOString()} and no clock was started`);
    }
    return breaches;
  },
};

/** An alert is open, or missed when its time is over, exactly as long as HubSpot logs no call, mail, meeting or message to the account. */
export const clocksStopAtOutreach: Invariant = {
  name: "a clock runs until somebody reaches out",
  check: async ({ world }) =>
    (await readAlerts(world)).flatMap((alert) => {
      if (!isRunning(alert.state) || !world.crm.get("companies", alert.account)) return [];
      const state = alert.dueAt < world.now() ? "missed" : "open";
      if (alert.state !== state) return `the alert of ${alert.account} is ${alert.state} and should be ${state}`;
      return reachedOut(world, alert) ? `somebody reached out to ${alert.account}, and its clock runs on` : [];
    }),
};

const isRunning = (state: string): boolean => state === "open" || state === "missed";

async function readAlerts({ db, portalId }: SimulatedWorld): Promise<AlertRow[]> {
  const { rows } = await sql<AlertRow>`
    SELECT account_id AS account, crossed_at AS "crossedAt", due_at AS "dueAt", state, greatest(outreach_at, excused_at) AS "answeredAt" FROM hot_alerts
    WHERE portal_id = ${portalId}`.execute(db);
  return rows;
}

/** Company and time of the newest demo request that still counts, as HubSpot's records say it now. */
function demoRequests({ world, startAt, firstCompanies }: Scene): Map<string, number> {
  const found = new Map<string, number>();
  for (const { id, properties } of world.people()) {
    const at = Date.parse(properties.recent_conversion_date ?? "");
    if (properties.recent_conversion_event_name !== "Demo request") continue;
    if (!(at > startAt && at > world.now() - youngMs)) continue;
    for (const company of world.crm.linked({ type: "contacts", id }, "companies"))
      if (firstCompanies.has(company) && isTarget(world, company))
        found.set(company, Math.max(at, found.get(company) ?? 0));
  }
  return found;
}

function isTarget(world: SimulatedWorld, company: string): boolean {
  const properties = world.crm.get("companies", company)?.properties;
  const band = properties?.touchstone_tier ?? "";
  if (!properties || band === "excluded") return false;
  return properties.hs_is_target_account === "true" || ["tier_1", "tier_2", "tier_3"].includes(band);
}

function reachedOut(world: SimulatedWorld, { account, crossedAt }: AlertRow): boolean {
  const company = { type: "companies", id: account } as const;
  const holders = [company, ...world.crm.linked(company, "contacts").map((id) => ({ type: "contacts", id }) as const)];
  const logged = (type: "calls" | "emails" | "meetings") => {
    const ids = holders.flatMap((holder) => world.crm.linked(holder, type));
    return ids.map((id) => world.crm.get(type, id)?.properties ?? {});
  };
  const isInTime = (time: string | null | undefined) => {
    const at = Date.parse(time ?? "");
    return at >= crossedAt && at <= world.now();
  };
  return (
    logged("calls").some((one) => one.hs_call_direction === "OUTBOUND" && isInTime(one.hs_timestamp)) ||
    logged("emails").some(
      (one) => one.hs_email_direction === "EMAIL" && !one.hs_sequence_id && isInTime(one.hs_timestamp),
    ) ||
    logged("meetings").some((one) => one.hs_meeting_outcome === "COMPLETED" && isInTime(one.hs_meeting_start_time))
  );
}
