import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { getWeek } from "../../../server/programme/home/get-week.ts";
import { addCompanies } from "../signals/a-portal-with-companies.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";

const ids = Array.from({ length: 60 }, (_, index) => String(1_000 + index));
let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
  await addCompanies(
    ctx.db,
    portalId,
    ids.map((id) => ({ id })),
  );
  await sql`
    INSERT INTO account_scores (portal_id, account_id, snapshot_no, models, score, tier, scored_at, output)
    SELECT ${portalId}::bigint, id, 1, 'playbook-100 v1', 70, 'tier_2', 1, '{}' FROM unnest(${ids}::text[]) AS t(id)`.execute(
    ctx.db,
  );
  await sql`
    INSERT INTO tier_members (portal_id, account_id, tier, since, by_override, reason, demotion_to, demotion_why, demotion_state,
      demotion_at, demotion_reason, told)
    SELECT ${portalId}::bigint, id, 'tier_1', 1, false, '', 'tier_2', 'outranked', 'asked', 1, 'Asks to move from Tier 1 to Tier 2.', true
    FROM unnest(${ids}::text[]) AS t(id)`.execute(ctx.db);
});
afterAll(() => ctx?.stop());

it("lists who asks to move down among what the week has to decide, with the whole number (row 70)", async () => {
  const { toPause, figures } = await getWeek(ctx, portalId);
  expect([toPause.title, figures.find(({ label }) => label === "To decide")?.value, toPause.lines.length]).toEqual([
    "To decide: 60",
    "60",
    50,
  ]);
  expect(toPause.lines[0]).toMatchObject({
    asks: "demotion",
    company: { companyId: "1000" },
    why: "Asks to move from Tier 1 to Tier 2.",
  });
  await sql`UPDATE tier_members SET demotion_state = 'refused' WHERE account_id <> '1001'`.execute(ctx.db);
  const after = await getWeek(ctx, portalId);
  expect(after.toPause.lines.map(({ company }) => company?.companyId)).toEqual(["1001"]);
  expect(after.toPause.title).toBe("To decide: 1");
});
