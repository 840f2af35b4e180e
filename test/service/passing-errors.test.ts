import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { rescoreBatch } from "../../server/accounts/rescore-batch.ts";
import { markDirty, priorities } from "../../server/db/dirty-accounts.ts";
import { isPassingError } from "../../server/db/is-passing-error.ts";
import { answerWrites } from "./answer-writes.ts";
import { addCompanies } from "./signals/a-portal-with-companies.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

/** Two lanes: the first and the second sixty. */
const ids = Array.from({ length: 120 }, (_, index) => String(1_001 + index));
const last = "1120";

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
  ctx.hubspotServer.answer = answerWrites;
  await addCompanies(
    ctx.db,
    portalId,
    ids.map((id) => ({ id })),
  );
});
afterAll(() => ctx?.stop());
beforeEach(async () => {
  await markDirty(ctx.db, portalId, ids, priorities.live);
  await rescoreBatch(ctx, portalId);
  await markDirty(ctx.db, portalId, ids, priorities.live);
  ctx.woken.length = 0;
});
afterEach(() => sql`TRUNCATE dirty_accounts`.execute(ctx.db));

const waiting = async () =>
  (
    await sql<{ id: string; free: boolean; attempts: number }>`
      SELECT account_id AS id, lease_until IS NULL AND due_at <= clock_timestamp() AS free, attempts
      FROM dirty_accounts ORDER BY account_id`.execute(ctx.db)
  ).rows;

/** Ends the connection of whoever waits for a lock that `blocker` holds, as soon as somebody does. */
async function endWaiter(blocker: number): Promise<void> {
  for (;;) {
    const { rows } = await sql`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND ${blocker} = ANY(pg_blocking_pids(pid))`.execute(ctx.db);
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Scores what is dirty; the lane that saves `last` loses its connection while it does. */
async function scoreWithLoss(): Promise<unknown> {
  return ctx.db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ pid: number }>`
      SELECT pg_backend_pid() AS pid FROM account_scores WHERE portal_id = ${portalId} AND account_id = ${last} FOR UPDATE`.execute(
      trx,
    );
    const scoring = rescoreBatch(ctx, portalId).then(
      () => "no error",
      (error: unknown) => error,
    );
    await endWaiter(rows[0]?.pid ?? 0);
    return scoring;
  });
}

describe("a batch whose connection is lost while it saves", () => {
  it("gives what it did not settle back at once, counts no attempt, and is woken again", async () => {
    expect(isPassingError(await scoreWithLoss())).toBe(true);
    const left = await waiting();
    expect(left.map(({ id }) => id)).toContain(last);
    expect(left.length).toBeLessThan(ids.length);
    expect(left.every(({ free, attempts }) => free && attempts === 0)).toBe(true);
    expect(ctx.woken).toContainEqual(["rescore-batch", portalId]);
    await rescoreBatch(ctx, portalId);
    expect(await waiting()).toEqual([]);
  });

  it("tells that error and no later one when the claims cannot be given back either: they wait for their leases", async () => {
    await sql`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no way back'; END $$;
      CREATE TRIGGER refuse BEFORE UPDATE ON dirty_accounts FOR EACH ROW WHEN (NEW.lease_until IS NULL)
        EXECUTE FUNCTION refuse()`.execute(ctx.db);
    try {
      expect(isPassingError(await scoreWithLoss())).toBe(true);
    } finally {
      await sql`DROP TRIGGER refuse ON dirty_accounts; DROP FUNCTION refuse()`.execute(ctx.db);
    }
    const left = await waiting();
    expect(left.map(({ id }) => id)).toContain(last);
    expect(left.some(({ free }) => free)).toBe(false);
    expect(ctx.lines).toContainEqual(expect.objectContaining({ reason: "no way back", accounts: ids.length }));
  });
});
