import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { writeBack } from "../../server/accounts/write-back.ts";
import { answerWrites } from "./answer-writes.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
  ctx.hubspotServer.answer = answerWrites;
  await sql`
    INSERT INTO account_scores (portal_id, account_id, snapshot_no, models, scored_at, output)
    SELECT ${portalId}::bigint, (1000 + n)::text, 1, '', 1, '{"touchstone_score":"7"}' FROM generate_series(1, 650) n`.execute(
    ctx.db,
  );
});
afterAll(() => ctx?.stop());

describe("the results of a whole portal", () => {
  it("are written a batch at least and no longer than the turn, so that other portals get theirs", async () => {
    const order = { type: "companies", urgent: new Map<string, number>(), rest: "backfill" } as const;
    expect(await writeBack(ctx, portalId, { ...order, endAt: performance.now() })).toBe("more");
    expect(ctx.hubspotServer.requests).toHaveLength(5);
    expect(await writeBack(ctx, portalId, { ...order, endAt: performance.now() + 60_000 })).toBe("done");
    expect(ctx.hubspotServer.requests).toHaveLength(7);
  });

  it("wait for a full request while more are on their way, and let live changes go first", async () => {
    await sql`UPDATE account_scores SET written = NULL WHERE account_id::int > 1400`.execute(ctx.db);
    ctx.hubspotServer.requests.length = 0;
    const endAt = performance.now() + 60_000;
    const urgent = new Map<string, number>();
    const order = { type: "companies", urgent, rest: "backfill", endAt, wholeOnly: true } as const;
    expect(await writeBack(ctx, portalId, order)).toBe("done");
    expect(sizes()).toEqual([100, 100]);
    urgent.set("1640", performance.now());
    expect(await writeBack(ctx, portalId, order)).toBe("done");
    expect(sizes()).toEqual([100, 100, 50]);
    expect(inputsOf(2)[0]).toBe("1640");
    expect([...urgent.keys()]).toEqual([]);
  });
});

const inputsOf = (request: number): string[] => {
  const { inputs } = JSON.parse(ctx.hubspotServer.requests[request]?.body ?? "{}") as { inputs: { id: string }[] };
  return inputs.map(({ id }) => id);
};
const sizes = () => ctx.hubspotServer.requests.map((_, index) => inputsOf(index).length);
