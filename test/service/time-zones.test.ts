import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { dayOf } from "@touchstone/shared/day-of.ts";
import { sql } from "kysely";
import { findPortal } from "../../server/db/portals.ts";
import { describeAccount } from "../../server/install/describe-account.ts";
import { getSettingsHealth } from "../../server/install/get-settings-health.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
});
afterAll(() => ctx?.stop());

async function describeWith(timeZone: string) {
  ctx.hubspotServer.answer = () => [200, { portalId, accountType: "STANDARD", timeZone, companyCurrency: "EUR" }];
  const before = ctx.lines.length;
  await describeAccount(ctx, portalId);
  const portal = await findPortal(ctx.db, portalId);
  const { notices } = await getSettingsHealth(ctx, portalId);
  return { portal, notices: notices.filter((line) => line.includes("time zone")), lines: ctx.lines.slice(before) };
}

describe("the time zone that HubSpot names", () => {
  it.each(["Europe/Madrid", "US/Eastern", "Asia/Kolkata", "UTC"])("is the portal's clock: %s", async (zone) => {
    const { portal, notices, lines } = await describeWith(zone);
    expect(portal).toMatchObject({ timeZone: zone, currency: "EUR" });
    expect([notices, lines]).toEqual([[], []]);
  });

  it.each(["Mars/Olympus_Mons", "+05:00", "GMT+1 (Paris)", "x".repeat(500)])(
    "is said to be unknown, in the log and among what to look at, and days are counted in UTC: %s",
    async (zone) => {
      const { portal, notices, lines } = await describeWith(zone);
      expect(portal?.timeZone).toBe("UTC");
      expect(dayOf(0, portal?.timeZone ?? "")).toBe("1970-01-01");
      expect(lines).toMatchObject([{ level: "warn", timeZone: zone.slice(0, 100) }]);
      expect(notices).toEqual([expect.stringContaining(`"${zone.slice(0, 100)}"`)]);
    },
  );

  it("is looked at again with the next install", async () => {
    await describeWith("Mars/Olympus_Mons");
    expect(await describeWith("Europe/Berlin")).toMatchObject({ portal: { timeZone: "Europe/Berlin" }, notices: [] });
  });

  it("is known to the database too, which counts days in it", async () => {
    const { portal } = await describeWith("Mars/Olympus_Mons");
    const { rows } = await sql<{ day: string }>`
      SELECT to_char(to_timestamp(0) AT TIME ZONE ${portal?.timeZone}, 'YYYY-MM-DD') AS day`.execute(ctx.db);
    expect(rows).toEqual([{ day: "1970-01-01" }]);
  });
});
