import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { setPortalStatus } from "../../../server/db/portals.ts";
import { getPortalStatus } from "../../../server/install/get-portal-status.ts";
import { getToday } from "../../../server/programme/home/get-today.ts";
import { addCompanies } from "../signals/a-portal-with-companies.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";

describe("The list of today while a portal is read for the first time", () => {
  let ctx: SmallContext;
  beforeAll(async () => {
    ctx = await createSmallContext();
    await ctx.install(portalId, "preparing");
  });
  afterAll(() => ctx?.stop());

  it("says that accounts are still being read, and not that there is nobody to call", async () => {
    const { summary, empty } = await today();
    expect(summary).toBe("Nothing is due among what is read so far.");
    expect(empty?.title).toBe("Accounts are still being read");
    expect(empty?.text).toMatch(/^It begins in a moment\. Scored so far: 0 of 0 companies that are read\./);
  });

  it("says how far the reading is", async () => {
    await setPortalStatus(ctx.db, portalId, "backfilling");
    await addCompanies(ctx.db, portalId, [{ id: "1" }, { id: "2" }]);
    await sql`
      INSERT INTO backfills (portal_id, object_type, started_no, done, total)
      VALUES (${portalId}, 'companies', 1, 2, 1200)`.execute(ctx.db);
    const text = expect.stringMatching(/^Read so far: 2 of 1,200 records.* Scored so far: 0 of 2 companies/);
    expect((await today()).empty).toMatchObject({ text });
  });

  it("says so as well under the accounts that are ready already", async () => {
    await sql`
      INSERT INTO account_scores (portal_id, account_id, snapshot_no, models, score, readiness, tier, scored_at, output)
      VALUES (${portalId}, '1', 1, 'playbook-100 v1', 90, 9, 'tier_1', 1, '{}')`.execute(ctx.db);
    const { lines, leftOut, empty } = await today();
    expect([lines.length, empty]).toEqual([1, null]);
    expect(leftOut).toMatch(/^Accounts are still being read, so more may come\. Read so far: 2 of 1,200 records/);
  });

  it("says nothing of it once all is read", async () => {
    await setPortalStatus(ctx.db, portalId, "ready");
    expect((await today()).leftOut).toBe("");
  });

  const today = () => getToday(ctx, portalId, (id) => getPortalStatus(ctx, id));
});
