import type { PortalId } from "@touchstone/shared/ids.ts";
import { monthOf, monthText } from "@touchstone/shared/month-of.ts";
import { type CostKind, type CostsView, costKinds } from "@touchstone/shared/roi-api.ts";
import type { Context } from "../context.ts";
import { findCaller, findPortal } from "../db/portals.ts";
import { readCosts } from "../db/programme-costs.ts";
import { PortalDisconnected } from "../errors.ts";

const listedMonths = 12;
const mostListed = 100;
const mostRead = 1_000;

const kindLabels: Readonly<Record<CostKind, string>> = {
  technology: "Technology",
  content: "Content",
  campaign: "Campaign",
  people: "People",
  training: "Training",
};

/** What the programme cost in the last 12 months, month by month, and who may say so (row 135). */
export async function listCosts(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  userId: string,
): Promise<CostsView> {
  const [portal, caller] = await Promise.all([findPortal(ctx.db, portalId), findCaller(ctx.db, portalId, userId)]);
  if (!portal || !caller) throw new PortalDisconnected(`portal ${portalId} is not installed`);
  const { timeZone, currency } = portal;
  const months = lastMonths(monthOf(ctx.now(), timeZone));
  const since = months.at(-1)?.value ?? 0;
  const costs = (await readCosts(ctx.db, portalId, since, ctx.now(), mostRead)).reverse();
  const amount = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
  const more = costs.length > mostListed ? ` The newest ${mostListed} of ${costs.length} are shown.` : "";
  return {
    title: "What does the programme cost?",
    text: `${costs.length === 0 ? "No cost is known of the last 12 months, so there is no return to show. " : ""}${rule}${caller.isInstaller ? "" : installerOnly}${more}`,
    columns: ["Month", "Kind", "What for", currency === null ? "Amount" : `Amount in ${currency}`],
    costs: costs.slice(0, mostListed).map((cost) => ({
      ...cost,
      cells: [monthText(monthOf(cost.at, timeZone)), kindLabels[cost.kind], cost.what, amount.format(cost.amount)],
    })),
    kinds: costKinds.map((value) => ({ value, label: kindLabels[value] })),
    months,
    mayChange: caller.isInstaller,
  };
}

const rule =
  "A cost counts on the first day of its month, in the currency in which HubSpot holds deals. The return above sets the revenue of the period against the costs of the same days.";
const installerOnly = " Only the person who connected Touchstone to HubSpot enters costs.";

/** Noon of the first day, in UTC: it is the same day in every time zone but those of the date line. */
function lastMonths(newest: string): { value: number; label: string }[] {
  const [year = 0, month = 1] = newest.split("-").map(Number);
  return Array.from({ length: listedMonths }, (_, back) => {
    const value = Date.UTC(year, month - 1 - back, 1, 12);
    return { value, label: monthText(monthOf(value, "UTC")) };
  });
}
