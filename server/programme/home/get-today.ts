import type { TodayView } from "@touchstone/shared/home-api.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { createReaderFormat } from "@touchstone/shared/reader-format.ts";
import type { Context } from "../../context.ts";
import { listReadyAccounts, readListedAccounts, readLowestAction } from "../../db/call-list.ts";
import { readExcluded } from "../../db/excluded-accounts.ts";
import { readRunningAlerts } from "../../db/hot-alerts.ts";
import { findPortal } from "../../db/portals.ts";
import { readRecentSignals } from "../../db/recent-signals.ts";
import { readRecords } from "../../db/records.ts";
import { readTierTraits } from "../../db/tier-traits.ts";
import { PortalDisconnected } from "../../errors.ts";
import { readLastTouches } from "./last-touches.ts";
import { rankToday } from "./rank-today.ts";
import { writeToday } from "./write-today.ts";

type Parts = Pick<Context, "db" | "now">;

/** More than a team can call in a day. */
const mostShown = 50;
/** Looked at for them: some are in work already. */
const mostReady = 120;
const dayMs = 86_400_000;
const lookBackDays = 30;
const signalsEach = 20;

/** Who to call today, in order, with why now, whom to ask for and what was done last. A fixed number of queries. */
export async function getToday(ctx: Parts, portalId: PortalId): Promise<TodayView> {
  const now = ctx.now();
  const [portal, running, from, tiers] = await Promise.all([
    findPortal(ctx.db, portalId),
    readRunningAlerts(ctx.db, portalId, mostShown),
    readLowestAction(ctx.db, portalId),
    readTierTraits(ctx.db, portalId),
  ]);
  if (!portal) throw new PortalDisconnected(`portal ${portalId} is not installed`);
  const excluded = await readExcluded(
    ctx.db,
    portalId,
    running.map((alert) => alert.accountId),
  );
  const alerts = running.filter((alert) => !excluded.has(alert.accountId));
  const ready = from === null ? [] : await listReadyAccounts(ctx.db, portalId, from, mostReady);
  const hotIds = alerts.map((alert) => alert.accountId);
  const ids = [...hotIds, ...ready.map((account) => account.accountId)];
  const [hot, touches] = await Promise.all([
    readListedAccounts(ctx.db, portalId, hotIds),
    readLastTouches(ctx.db, portalId, ids, now - lookBackDays * dayMs),
  ]);
  const ranked = rankToday({ alerts, ready, touches, now, most: mostShown });
  const shown = ranked.lines.map((line) => line.accountId);
  const signals = await readRecentSignals(ctx.db, portalId, shown, now - lookBackDays * dayMs, signalsEach);
  const people = await readRecords(ctx.db, portalId, "contacts", [
    ...new Set(signals.flatMap((signal) => signal.personId ?? [])),
  ]);
  const accounts = new Map([...hot, ...ready.map((account) => [account.accountId, account] as const)]);
  const format = createReaderFormat({ locale: "en-GB", timeZone: portal.timeZone });
  return writeToday({ portal, ranked, accounts, touches, signals, people, tiers, now, lookBackDays, format });
}
