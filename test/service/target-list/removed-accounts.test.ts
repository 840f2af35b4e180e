import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { asAccountId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { moveRecords } from "../../../server/db/merges.ts";
import { makePlay } from "../../../server/programme/plays/make-play.ts";
import { addToList, removeFromList } from "../../../server/programme/target-list/add-to-list.ts";
import { readTargetList } from "../../../server/programme/target-list/read-target-list.ts";
import { reviewAccount } from "../../../server/programme/target-list/review-account.ts";
import { getRoi, noteCost } from "../../../server/reports/get-roi.ts";
import { askReport } from "../reports/ask-report.ts";
import { reportRecords } from "../reports/report-records.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";

const dayMs = 86_400_000;
const startAt = Date.UTC(2026, 10, 3, 9);

describe("An account that was removed from the target list", () => {
  let ctx: SmallContext;
  beforeAll(async () => {
    ctx = await createSmallContext();
    await ctx.install();
  });
  beforeEach(async () => {
    ctx.clock.now = startAt;
    for (const table of [
      "target_accounts",
      "former_targets",
      "crm_records",
      "crm_links",
      "tier_members",
      "plays",
      "programme_costs",
    ])
      await sql`DELETE FROM ${sql.table(table)} WHERE portal_id = ${portalId}`.execute(ctx.db);
    for (const id of idsOf(1, 120)) await company(id);
  });
  afterAll(() => ctx?.stop());

  describe("keeps the return of its deals (metric 17)", () => {
    beforeEach(() =>
      noteCost(ctx, portalId, "1", {
        costId: "all",
        kind: "people",
        what: "All",
        amount: 200_000,
        at: startAt - dayMs,
      }),
    );

    it("that were won while it was on the list, and of no others", async () => {
      await add(["1"]);
      await win("1", "500000", 1);
      step(2);
      expect(await roi()).toEqual([150, 1]);
      await remove(["1"]);
      expect(await roi()).toEqual([150, 1]);
      await win("1", "70000", 1);
      step(2);
      expect(await roi()).toEqual([150, 1]);
    });

    it("of each time on the list, when it was added again", async () => {
      await add(["1"]);
      await win("1", "500000", 1);
      step(2);
      await remove(["1"]);
      await win("1", "70000", 1);
      step(2);
      await add(["1"]);
      await win("1", "100000", 1);
      step(2);
      expect(await roi()).toEqual([200, 2]);
      await remove(["1"]);
      expect(await roi()).toEqual([200, 2]);
    });

    it("when it was merged into another one, whether or not that is on the list", async () => {
      await add(["1", "2"]);
      await win("1", "500000", 1);
      await win("2", "100000", 1);
      step(2);
      await remove(["1"]);
      await merge("1", "3");
      await remove(["2"]);
      await add(["4"]);
      await merge("2", "4");
      expect(await roi()).toEqual([200, 2]);
    });

    it("when it was on the list before the one that it was merged into", async () => {
      await add(["1"]);
      await win("1", "500000", 1);
      step(2);
      await add(["2"]);
      await merge("1", "2");
      expect(await roi()).toEqual([150, 1]);
    });
  });

  describe("counts in what sales keeps as it did before (T21)", () => {
    it("so that 49 of 100 stay suspect when the others are removed", async () => {
      await add(idsOf(1, 100));
      await review(idsOf(1, 49), "keep");
      await review(idsOf(50, 100), "reject");
      const before = [await retention(), await keptCell()];
      expect(before).toEqual([["ICP suspect", 49, 100], "49 of 100 (49 %)"]);
      await remove(idsOf(50, 100));
      expect([await retention(), await keptCell()]).toEqual(before);
      expect((await readTargetList(ctx, portalId, null)).size).toBe(49);
    });

    it("so that a launch stays blocked when all are removed of which sales keeps none", async () => {
      await add(["1", "2", "3"]);
      await review(["1", "2"], "reject");
      await remove(["1", "2"]);
      expect(await retention()).toEqual(["launch blocked", 0, 2]);
      const steps = [
        { day: 0, channel: "email", side: "marketing", role: null, what: "Hi", personalisation: "surface" },
      ];
      const play = { name: "Blocked", tier: "tier_2", steps, handoff: null };
      const { checks } = await makePlay(ctx, portalId, "1", { requestId: "request-1", play });
      expect(checks.find(({ key }) => key === "retention")?.passed).toBe(false);
      await remove(["3"]);
      expect(await keptCell()).toBe("0 of 2 (0 %)");
    });

    it("until it is added again: then it waits for a verdict", async () => {
      await add(["1", "2"]);
      await review(["1"], "reject");
      await review(["2"], "keep");
      await remove(["1"]);
      step(1);
      await add(["1"]);
      expect((await readTargetList(ctx, portalId, null)).accounts.map((one) => [one.companyId, one.verdict])).toEqual([
        ["1", null],
        ["2", "keep"],
      ]);
      expect(await retention()).toEqual(["ok", 1, 1]);
    });

    it("once, when it was merged into one that stands on the list", async () => {
      await add(["1", "2"]);
      await review(["1"], "reject");
      await review(["2"], "keep");
      await remove(["1"]);
      await merge("1", "2");
      expect(await retention()).toEqual(["ok", 1, 1]);
    });
  });

  it("is not on the list: nothing is suggested of it, and it is removed once", async () => {
    await add(["1"]);
    expect(await removeFromList(ctx, portalId, "1", { companyIds: ["1"] })).toEqual({ removed: 1 });
    expect(await removeFromList(ctx, portalId, "1", { companyIds: ["1"] })).toEqual({ removed: 0 });
    expect(await readTargetList(ctx, portalId, null)).toMatchObject({ size: 0, accounts: [] });
  });

  const idsOf = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => String(from + n));
  const step = (days: number): void => {
    ctx.clock.now += days * dayMs;
  };
  const company = (id: string) => reportRecords(ctx.db, portalId).company(id, "out");
  const add = (accounts: readonly string[]) => addToList(ctx, portalId, "1", { source: "sales", accounts });
  const remove = (companyIds: readonly string[]) => removeFromList(ctx, portalId, "1", { companyIds });
  async function review(ids: readonly string[], verdict: "keep" | "reject"): Promise<void> {
    const body = verdict === "keep" ? { verdict } : { verdict, reason: "locked_in" };
    for (const id of ids) await reviewAccount(ctx, portalId, asAccountId(id), "1", body);
  }
  const win = (account: string, amount: string, inDays: number) =>
    reportRecords(ctx.db, portalId).linked("deals", `d${account} ${ctx.clock.now}`, account, {
      dealstage: "closedwon",
      amount,
      createdate: new Date(ctx.clock.now).toISOString(),
      closedate: new Date(ctx.clock.now + inDays * dayMs).toISOString(),
    });
  const merge = (from: string, to: string) =>
    ctx.db.transaction().execute((trx) => moveRecords(trx, portalId, "companies", new Map([[from, to]]), 2));
  const roi = async () => {
    const { roiPercent, deals } = await getRoi(ctx, portalId, {});
    return [roiPercent, deals];
  };
  const retention = async () => {
    const { state, kept } = (await readTargetList(ctx, portalId, null)).retention;
    return [state, kept.numerator, kept.denominator];
  };
  const keptCell = async () =>
    (await askReport(ctx, portalId, "list", {})).section?.rows.find(({ key }) => key === "kept")?.cells[0]?.value;
});
