import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { finishBackfill, markUnseenRecords, readBackfills, setBackfillTotal, startBackfill } from "../db/backfills.ts";
import { readBudgetUse } from "../db/budgets.ts";
import { needs } from "../db/inbox.ts";
import { findPortal } from "../db/portals.ts";
import { nextReadNo } from "../db/records.ts";
import { HubSpotRateLimited } from "../hubspot/hubspot-errors.ts";
import { backfillCompanies } from "./backfill-companies.ts";
import { backfillPage } from "./backfill-page.ts";
import { backfillStrays } from "./backfill-strays.ts";
import { type CompanyPages, companyPages } from "./company-pages.ts";
import { readReadability } from "./readable-types.ts";
import { everything, type MirrorType, mirrorTypes } from "./record-properties.ts";

type Parts = Pick<Context, "db" | "hubspot" | "queue" | "log">;

/** A portal's turn; the next one goes on at the pages that are stored with their rows. */
const turnMs = 5_000;
/** Types that are read beside each other: HubSpot answers slower than it allows requests. */
const lanes = 3;
const activities = mirrorTypes.filter((type) => type !== "companies" && type !== "contacts");

/**
 * Job: reads a whole portal into the mirror, page by page; the accounts of a page of companies are scored while the next ones are
 * read. Companies come with the ids of their people, who are read by id and so beside each other (hubspot-api.md §4.4, plan C
 * without its association reads); a list of people could only be read one page after the other. Cursors are saved with the rows
 * of their pages, so a stop at any moment loses nothing.
 */
export async function backfillPortal(ctx: Parts, portalId: PortalId): Promise<void> {
  const portal = await findPortal(ctx.db, portalId);
  if (portal?.status !== "backfilling") return;
  if ((await readBudgetUse(ctx.db, portalId)).pausedMs > 0) return;
  const isFirst = (await readBackfills(ctx.db, portalId)).length === 0;
  const counting = isFirst ? countTotals(ctx, portalId, await begin(ctx, portalId)) : null;
  const laterMs = await readTurn(ctx, portalId, performance.now() + turnMs).finally(() => counting);
  const open = (await readBackfills(ctx.db, portalId)).some((one) => !one.finishedAt);
  await ctx.queue.wake("rescore-batch", portalId);
  if (open) return ctx.queue.wake("backfill-portal", portalId, laterMs);
  await markUnseenRecords(ctx.db, portalId, everything | needs.mergeTrace);
  if (!(await finishBackfill(ctx.db, portalId))) return ctx.queue.wake("backfill-portal", portalId);
  ctx.log.info({ portalId }, "backfill finished");
  await ctx.queue.wake("refresh-records", portalId);
  await ctx.queue.wake("assign-tiers", portalId);
}

/** Returns the types that will be read: those that the portal lets us. */
async function begin(ctx: Parts, portalId: PortalId): Promise<readonly MirrorType[]> {
  const readability = await readReadability(ctx.db, portalId);
  const types = mirrorTypes.filter((type) => readability(type) === "readable");
  await startBackfill(ctx.db, portalId, types, await nextReadNo(ctx.db));
  return types;
}

/** The totals are for the progress only: not knowing them stops nothing. */
async function countTotals(ctx: Parts, portalId: PortalId, types: readonly MirrorType[]): Promise<void> {
  for (const type of types) await countTotal(ctx, portalId, type);
}

/**
 * Reads until the turn is over or the budget is used up. Companies come last: all that concerns the accounts of a page is there when
 * it is saved, and they are scored once. Returns how long the budget wants us to wait.
 */
async function readTurn(ctx: Parts, portalId: PortalId, endAt: number): Promise<number> {
  const waiting = [...activities];
  const pages = companyPages(ctx, portalId, endAt);
  const isOver = (type: MirrorType) => performance.now() > endAt && !(type === "companies" && pages.isAhead());
  // People without a company are searched for, which has a budget of its own: it holds up nobody else.
  const limits: { general?: HubSpotRateLimited; search?: HubSpotRateLimited } = {};
  const read = async (type: MirrorType) => {
    const kind = type === "contacts" ? "search" : "general";
    try {
      let more = true;
      while (more && !limits[kind] && !isOver(type)) more = await readNext(ctx, portalId, type, pages);
    } catch (error) {
      if (!(error instanceof HubSpotRateLimited)) throw error;
      limits[kind] = error;
    }
  };
  const lane = async () => {
    for (let type = waiting.shift(); type; type = waiting.shift()) await read(type);
  };
  const strays = Promise.allSettled([read("contacts")]);
  const others = await Promise.allSettled(Array.from({ length: lanes }, lane));
  const companies = await Promise.allSettled([read("companies")]);
  await pages.close();
  // Only when all have ended: nobody may go on reading after the job is over.
  for (const end of [...others, ...companies, ...(await strays)]) if (end.status === "rejected") throw end.reason;
  return (limits.general ?? limits.search)?.waitMs ?? 0;
}

/** One page of a type; false when it has none any more, or none that may be read yet. */
async function readNext(ctx: Parts, portalId: PortalId, type: MirrorType, pages: CompanyPages): Promise<boolean> {
  const backfills = await readBackfills(ctx.db, portalId);
  const find = (wanted: MirrorType) => backfills.find((one) => one.objectType === wanted && !one.finishedAt);
  const [at, companies, people] = [find(type), find("companies"), find("contacts")];
  if (!at) return false;
  const activitiesAreOpen = backfills.some((one) => !one.finishedAt && one !== companies && one !== people);
  if (type === "companies" && activitiesAreOpen) return false;
  if (type === "companies" && people) await backfillCompanies(ctx, portalId, { at, people, pages });
  else if (type === "contacts") return backfillStrays(ctx, portalId, at, companies !== undefined);
  else await backfillPage(ctx, portalId, type, at);
  return true;
}

/** One request of the search budget, which all apps of the portal share: never several at once. */
async function countTotal(ctx: Parts, portalId: PortalId, type: MirrorType): Promise<void> {
  try {
    const { total } = await ctx.hubspot.searchRecords(portalId, {
      objectType: type,
      filterGroups: [],
      properties: [],
      limit: 1,
      priority: "webhook",
    });
    await setBackfillTotal(ctx.db, portalId, type, total);
  } catch (error) {
    ctx.log.info(
      { portalId, type, reason: error instanceof Error ? error.message : "unknown" },
      "the total for the progress is not known",
    );
  }
}
