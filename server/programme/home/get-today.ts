import type { TodayView } from "@touchstone/shared/home-api.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { createReaderFormat } from "@touchstone/shared/reader-format.ts";
import type { Context } from "../../context.ts";
import { readListedAccounts } from "../../db/call-list.ts";
import { readAssignedRoles } from "../../db/committees.ts";
import { countClocks } from "../../db/count-clocks.ts";
import { readExcluded } from "../../db/excluded-accounts.ts";
import { readRunningAlerts } from "../../db/hot-alerts.ts";
import { findPortal } from "../../db/portals.ts";
import { readRecentSignals } from "../../db/recent-signals.ts";
import { readRecords } from "../../db/records.ts";
import { readTierTraits } from "../../db/tier-traits.ts";
import { lastByPerson, readLastTouches } from "../../db/touches.ts";
import { PortalDisconnected } from "../../errors.ts";
import { findReady } from "./find-ready.ts";
import { rankToday } from "./rank-today.ts";
import type { ReadStatus } from "./read-status.ts";
import { writeToday } from "./write-today.ts";

type Parts = Pick<Context, "db" | "now">;

/** More than a team can call in a day. */
const mostShown = 50;
/** An account that somebody reached out to is left alone for so long, by everybody; ours. */
const coolDownDays = 7;
const dayMs = 86_400_000;
const lookBackDays = 30;
const signalsEach = 20;

/** Who to call today, in order, with why now, whom to ask for and what was done last. A fixed number of queries. */
export async function getToday(ctx: Parts, portalId: PortalId, readStatus: ReadStatus): Promise<TodayView> {
  const now = ctx.now();
  const [portal, running, clocks, tiers] = await Promise.all([
    findPortal(ctx.db, portalId),
    readRunningAlerts(ctx.db, portalId, mostShown),
    countClocks(ctx.db, portalId, now),
    readTierTraits(ctx.db, portalId),
  ]);
  if (!portal) throw new PortalDisconnected(`portal ${portalId} is not installed`);
  const [excluded, status] = await Promise.all([
    readExcluded(
      ctx.db,
      portalId,
      running.map((alert) => alert.accountId),
    ),
    portal.status === "ready" ? null : readStatus(portalId),
  ]);
  const alerts = running.filter((alert) => !excluded.has(alert.accountId));
  const span = { since: now - coolDownDays * dayMs, now };
  const ready = await findReady(ctx, portalId, { ...span, wanted: mostShown - alerts.length });
  const ranked = rankToday({ alerts, clocks, ready, now, most: mostShown });
  const shown = ranked.lines.map((line) => line.accountId);
  const [hot, touches, signals, given] = await Promise.all([
    readListedAccounts(
      ctx.db,
      portalId,
      alerts.map((alert) => alert.accountId),
    ),
    readLastTouches(ctx.db, portalId, shown, { since: now - lookBackDays * dayMs, now }),
    readRecentSignals(ctx.db, portalId, shown, now - lookBackDays * dayMs, signalsEach),
    readAssignedRoles(ctx.db, portalId, shown),
  ]);
  const people = await readRecords(ctx.db, portalId, "contacts", [
    ...new Set(signals.flatMap((signal) => signal.personId ?? [])),
  ]);
  const accounts = new Map([...hot, ...ready.accounts.map((account) => [account.accountId, account] as const)]);
  const format = createReaderFormat({ locale: "en-GB", timeZone: portal.timeZone });
  return writeToday({
    portal,
    status,
    ranked,
    accounts,
    touches: new Map(touches.map((touch) => [touch.accountId, lastByPerson(touch)])),
    signals,
    people,
    given,
    tiers,
    now,
    lookBackDays,
    coolDownDays,
    format,
  });
}
