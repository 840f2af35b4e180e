import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { WeekView } from "@touchstone/shared/home-api.ts";
import { sql } from "kysely";
import { listColdAccounts } from "../../../server/programme/cold/list-cold-accounts.ts";
import { getWeek } from "../../../server/programme/home/get-week.ts";
import { addCompanies } from "../signals/a-portal-with-companies.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";

const dayMs = 86_400_000;
const ids = Array.from({ length: 80 }, (_, index) => String(1_000 + index));
const [excluded, answered, answeredLongAgo] = ["1000", "1001", "1002"];

describe("The weekly agenda of a portal with many cold accounts", () => {
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
      SELECT ${portalId}::bigint, id, 1, 'playbook-100 v1', 50, 'tier_2', 1, '{}' FROM unnest(${ids}::text[]) AS t(id)`.execute(
      ctx.db,
    );
    await sql`
      INSERT INTO target_accounts (portal_id, account_id, sources, added_by, added_at)
      SELECT ${portalId}::bigint, id, '{sales}', '77', 0 FROM unnest(${ids}::text[]) AS t(id)`.execute(ctx.db);
    await sql`
      INSERT INTO cold_standing (portal_id, account_id, fell_at)
      SELECT ${portalId}::bigint, id, ${ctx.now() - 100 * dayMs}::bigint FROM unnest(${ids}::text[]) AS t(id)`.execute(
      ctx.db,
    );
  });
  afterAll(() => ctx?.stop());

  it("says how many there are to decide, and lists the first 50", async () => {
    expect(decide(await getWeek(ctx, portalId))).toEqual(["To decide: 80", "80", 50]);
  });

  it("leaves out an excluded one, as its card does, and so does the list of cold accounts", async () => {
    await sql`UPDATE account_scores SET tier = 'excluded', score = NULL WHERE account_id = ${excluded}`.execute(ctx.db);
    const week = await getWeek(ctx, portalId);
    expect(decide(week)).toEqual(["To decide: 79", "79", 50]);
    expect(week.toPause.lines.map(({ key }) => key)).not.toContain(excluded);
    const { accounts } = await listColdAccounts(ctx, portalId);
    expect(accounts.map(({ companyId }) => companyId)).toEqual(ids.slice(1));
  });

  it("leaves out one that rests after an answer, until it is asked about again", async () => {
    await answer(answered, 29);
    await answer(answeredLongAgo, 30);
    expect(decide(await getWeek(ctx, portalId))).toEqual(["To decide: 78", "78", 50]);
  });

  const decide = ({ toPause, figures }: WeekView) => [
    toPause.title,
    figures.find(({ label }) => label === "To decide")?.value,
    toPause.lines.length,
  ];
  const answer = (id: string, daysAgo: number) =>
    sql`
    INSERT INTO cold_answers (portal_id, account_id, answered_at, answer, note, answered_by)
    VALUES (${portalId}, ${id}, ${ctx.now() - daysAgo * dayMs}, 'keep', 'it will come', '77')`.execute(ctx.db);
});
