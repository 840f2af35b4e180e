import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { loadModels } from "../../server/accounts/load-models.ts";
import { rescoreBatch } from "../../server/accounts/rescore-batch.ts";
import { scoreBatch } from "../../server/accounts/score-batch.ts";
import { claimDirty } from "../../server/db/dirty-accounts.ts";
import { readModelVersion } from "../../server/db/portal-models.ts";
import { markAllAccounts } from "../../server/db/records.ts";
import { createModelShelf } from "../../server/scoring/create-model-shelf.ts";
import { answerWrites } from "./answer-writes.ts";
import { addCompanies } from "./signals/a-portal-with-companies.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

const companies = Array.from({ length: 100 }, (_, index) => ({ id: String(1_001 + index) }));

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
  ctx.hubspotServer.answer = answerWrites;
  await addCompanies(ctx.db, portalId, companies);
});
afterAll(() => ctx?.stop());

const scored = async () => (await ctx.db.selectFrom("account_scores").select("account_id").execute()).length;
const waiting = () => ctx.db.selectFrom("dirty_accounts").select(["account_id", "attempts"]).execute();
const letters = () => ctx.db.selectFrom("dead_letters").select(["kind", "subject", "reason"]).execute();

/** What a batch finds when its time has come again. */
async function tryAgain(): Promise<void> {
  await ctx.db.updateTable("dirty_accounts").set({ due_at: sql`now()` }).execute();
  await rescoreBatch(ctx, portalId);
}

describe("among a hundred accounts", () => {
  it("one that cannot be saved and one that cannot be read hold up none of the others", async () => {
    await sql`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.account_id = '1050' THEN RAISE EXCEPTION 'no place for this one'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON account_scores FOR EACH ROW EXECUTE FUNCTION refuse();
      UPDATE crm_records SET properties = 'null' WHERE object_id = '1007'`.execute(ctx.db);
    await markAllAccounts(ctx.db, portalId, 0);
    await rescoreBatch(ctx, portalId);
    expect(await scored()).toBe(98);
    expect((await waiting()).sort((a, b) => a.account_id.localeCompare(b.account_id))).toEqual([
      { account_id: "1007", attempts: 1 },
      { account_id: "1050", attempts: 1 },
    ]);
  });

  it("are laid aside with the reason after eight attempts, and forgotten there when they can be scored after all", async () => {
    for (let attempt = 2; attempt <= 8; attempt++) await tryAgain();
    expect(await waiting()).toEqual([]);
    expect((await letters()).sort((a, b) => a.subject.localeCompare(b.subject))).toEqual([
      { kind: "account", subject: "1007", reason: expect.any(String) },
      { kind: "account", subject: "1050", reason: "no place for this one" },
    ]);
    await sql`DROP TRIGGER refuse ON account_scores; UPDATE crm_records SET properties = '{}' WHERE object_id = '1007'`.execute(
      ctx.db,
    );
    await markAllAccounts(ctx.db, portalId, 0);
    await rescoreBatch(ctx, portalId);
    expect(await scored()).toBe(100);
    expect(await letters()).toEqual([]);
  });

  it("none is to blame when the database goes away while a model of its last score is read, which is read again later", async () => {
    await ctx.db.updateTable("account_scores").set({ score: 1 }).execute();
    await markAllAccounts(ctx.db, portalId, 0);
    const claims = await claimDirty(ctx.db, portalId, 100, ctx.config.leaseMs);
    expect(claims).toHaveLength(100);
    let isAway = true;
    const versions = createModelShelf(async (key, version) => {
      if (isAway) throw Object.assign(new Error("terminating connection"), { code: "57P01" });
      return (await readModelVersion(ctx.db, portalId, key, version))?.document ?? null;
    });
    const models = { ...(await loadModels(ctx.db, portalId)), versions };
    await expect(scoreBatch(ctx, portalId, models, claims)).rejects.toThrow("terminating connection");
    expect((await waiting()).map((row) => row.attempts)).toEqual(Array(100).fill(0));
    isAway = false;
    await scoreBatch(ctx, portalId, models, claims);
    expect([await waiting(), await letters()]).toEqual([[], []]);
  });

  it("none is to blame when the database is of another version: nothing is laid aside, and the job says why", async () => {
    await sql`ALTER TABLE score_history RENAME TO score_history_elsewhere`.execute(ctx.db);
    await sql`ALTER TABLE account_scores RENAME TO scores_elsewhere`.execute(ctx.db);
    await markAllAccounts(ctx.db, portalId, 0);
    await expect(rescoreBatch(ctx, portalId)).rejects.toThrow(/does not exist/);
    expect((await waiting()).every((row) => row.attempts === 0)).toBe(true);
    expect(await letters()).toEqual([]);
  });
});
