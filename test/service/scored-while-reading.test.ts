import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { rescoreBatch } from "../../server/accounts/rescore-batch.ts";
import { countScores } from "../../server/db/account-scores.ts";
import { countDirty } from "../../server/db/dirty-accounts.ts";
import { findPortal } from "../../server/db/portals.ts";
import { backfillPortal } from "../../server/intake/backfill-portal.ts";
import type { HubSpotAnswer, HubSpotRequest } from "./local-hubspot.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

/** HubSpot has two companies, on a page each, and a meeting with the first. */
const pages: Readonly<Record<string, object>> = {
  first: { results: [{ id: "101", properties: { name: "One" } }], paging: { next: { after: "second" } } },
  second: { results: [{ id: "102", properties: { name: "Two" } }] },
};
const meeting = {
  id: "9",
  properties: { hs_timestamp: new Date().toISOString(), hs_meeting_outcome: "COMPLETED" },
  associations: { companies: { results: [{ id: "101", type: "meeting_event_to_company" }] } },
};

let ctx: SmallContext;
const asked: string[] = [];
/** While true the second page of companies is not to be had. */
let isCutOff = true;

beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install(portalId, "backfilling");
  ctx.hubspotServer.answer = answer;
});
afterAll(() => ctx?.stop());

function answer({ path, query }: HubSpotRequest): HubSpotAnswer {
  const type = path.split("/").at(-1) ?? "";
  if (path.endsWith("/search")) return [200, { total: 0, results: [] }];
  if (path.endsWith("/batch/update")) return [200, { status: "COMPLETE", results: [{ id: "101", properties: {} }] }];
  asked.push(type);
  if (type !== "companies") return [200, { results: type === "meetings" ? [meeting] : [] }];
  const page = query.get("after") ?? "first";
  return isCutOff && page === "second" ? [400, { message: "cut off" }] : [200, pages[page] ?? {}];
}

it("asks for companies when all else is read, and has those of a page scored before the next is there", async () => {
  await expect(backfillPortal(ctx, portalId)).rejects.toThrow();
  expect(asked.indexOf("companies")).toBe(5);
  expect((await findPortal(ctx.db, portalId))?.status).toBe("backfilling");
  expect(await countDirty(ctx.db, portalId)).toBe(1);
  await rescoreBatch(ctx, portalId);
  expect(await countScores(ctx.db, portalId)).toEqual({ scored: 1, written: 1, refused: 0 });
});

it("has nothing scored a second time when the reading ends", async () => {
  isCutOff = false;
  while ((await findPortal(ctx.db, portalId))?.status === "backfilling") await backfillPortal(ctx, portalId);
  const waiting = await ctx.db.selectFrom("dirty_accounts").select("account_id").execute();
  expect(waiting).toEqual([{ account_id: "102" }]);
});
