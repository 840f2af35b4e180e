import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { writeBack } from "../../server/accounts/write-back.ts";
import { answerWrites } from "./answer-writes.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

/** Found by the fault matrix, row F2 on Redis, seed 1: a worker died between HubSpot's write and our note of it. */
describe("a write that HubSpot made and we did not hear of", () => {
  let ctx: SmallContext;
  let held = "7";
  let isHeard = true;
  beforeAll(async () => {
    ctx = await createSmallContext();
    await ctx.install();
    ctx.hubspotServer.answer = ({ body }) => {
      const { inputs } = JSON.parse(body) as { inputs: { id: string; properties: Record<string, string> }[] };
      held = inputs[0]?.properties.touchstone_score ?? held;
      const times = { createdAt: "2026-01-01T00:00:00Z", updatedAt: "2026-11-01T00:00:00Z", archived: false };
      const results = inputs.map(({ id }) => ({ id, properties: {}, ...times }));
      return isHeard ? [200, { status: "COMPLETE", results }] : [500, { message: "internal error" }];
    };
    await sql`
      INSERT INTO account_scores (portal_id, account_id, snapshot_no, models, scored_at, output, written)
      VALUES (${portalId}, '1001', 1, 'none', 1, '{"touchstone_score":"9","touchstone_fit":"4"}',
        '{"touchstone_score":"7","touchstone_fit":"4"}')`.execute(ctx.db);
  });
  afterAll(() => ctx?.stop());

  it("is made good when the score is what it was before", async () => {
    const order = { type: "companies", urgent: new Map<string, number>(), rest: "backfill", endAt: 0 } as const;
    isHeard = false;
    expect(await writeBack(ctx, portalId, order)).toEqual({ laterMs: expect.any(Number) });
    expect(held).toBe("9");
    isHeard = true;
    await sql`UPDATE account_scores SET output = '{"touchstone_score":"7","touchstone_fit":"4"}'`.execute(ctx.db);
    await writeBack(ctx, portalId, order);
    expect(held).toBe("7");
    expect(JSON.parse(ctx.hubspotServer.requests.at(-1)?.body ?? "")).toEqual({
      inputs: [expect.objectContaining({ id: "1001", properties: { touchstone_score: "7" } })],
    });
    expect(await writeBack(ctx, portalId, order)).toBe("done");
  });
});

/** Found by the fault matrix, row F12 on Redis, seed 11: a worker slept, woke, and sent what it had read before. */
describe("two writers of one result", () => {
  let ctx: SmallContext;
  let held = "7";
  const steps = [0, 1].map(() => ({ come: Promise.withResolvers<void>(), go: Promise.withResolvers<void>() }));
  const done = [0, 1].map(() => Promise.withResolvers<void>());
  let requests = 0;
  beforeAll(async () => {
    ctx = await createSmallContext();
    await ctx.install();
    ctx.hubspotServer.answer = async ({ body }) => {
      const place = requests++;
      const { inputs } = JSON.parse(body) as { inputs: { id: string; properties: Record<string, string> }[] };
      steps[place]?.come.resolve();
      if (place === 0) await steps[0]?.go.promise;
      held = inputs[0]?.properties.touchstone_score ?? held;
      done[place]?.resolve();
      if (place === 1) await steps[1]?.go.promise;
      return answerWrites({ body });
    };
    await sql`
      INSERT INTO account_scores (portal_id, account_id, snapshot_no, models, scored_at, output, written)
      VALUES (${portalId}, '1001', 1, 'none', 1, '{"touchstone_score":"9"}', '{"touchstone_score":"7"}')`.execute(
      ctx.db,
    );
  });
  afterAll(() => ctx?.stop());

  it("is sent again when HubSpot took the older one last and answered it first", async () => {
    const write = () =>
      writeBack(ctx, portalId, { type: "companies", urgent: new Map(), rest: "backfill", endAt: performance.now() });
    const older = write();
    await steps[0]?.come.promise;
    await sql`UPDATE account_scores SET output = '{"touchstone_score":"8"}'`.execute(ctx.db);
    const newer = write();
    await done[1]?.promise;
    expect(held).toBe("8");
    steps[0]?.go.resolve();
    await older;
    expect(held).toBe("9");
    steps[1]?.go.resolve();
    await newer;
    while ((await write()) !== "done");
    expect(held).toBe("8");
  });
});
