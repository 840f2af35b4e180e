import { afterAll, beforeAll, beforeEach, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { takeTurns } from "../../server/db/schedules.ts";
import { startSchedules } from "../../server/workers/schedules.ts";
import { createSmallContext, type SmallContext } from "./small-context.ts";

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
});
afterAll(() => ctx?.stop());
beforeEach(() => sql`DELETE FROM schedules`.execute(ctx.db));

it("A schedule that takes long delays no other, is not begun twice, and is waited for at the end", async () => {
  const [slowBegan, slowEnds] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const quickAgain = Promise.withResolvers<void>();
  let [slow, slowDone, quick] = [0, false, 0];
  const schedules = startSchedules(ctx, [
    {
      name: "slow",
      everyMs: 1,
      run: async () => {
        slow += 1;
        slowBegan.resolve();
        await slowEnds.promise;
        slowDone = true;
      },
    },
    {
      name: "quick",
      everyMs: 1,
      run: async () => {
        if (++quick === 3) quickAgain.resolve();
      },
    },
  ]);
  await slowBegan.promise;
  await quickAgain.promise;
  expect([slow, slowDone]).toEqual([1, false]);
  const stopped = schedules.stop();
  slowEnds.resolve();
  await stopped;
  expect(slowDone).toBe(true);
});

it("Of two processes that ask at once one gets each turn, in one statement", async () => {
  const turns = ["a", "b", "c"].map((name) => ({ name, everyMs: 3_600_000 }));
  for (let round = 0; round < 5; round += 1) {
    await sql`UPDATE schedules SET next_run_at = now() - interval '1 second'`.execute(ctx.db);
    const given = await Promise.all([takeTurns(ctx.db, turns), takeTurns(ctx.db, turns.toReversed())]);
    expect(given.flatMap((names) => [...names]).sort()).toEqual(["a", "b", "c"]);
  }
  expect(await takeTurns(ctx.db, turns)).toEqual(new Set());
});

it("A schedule that fails is said, and another is done all the same", async () => {
  const done = Promise.withResolvers<void>();
  const fail = async () => {
    throw new Error("the queue is away");
  };
  const schedules = startSchedules(ctx, [
    { name: "bad", everyMs: 1, run: fail },
    { name: "good", everyMs: 1, run: async () => done.resolve() },
  ]);
  await done.promise;
  await schedules.stop();
  expect(ctx.lines).toContainEqual(
    expect.objectContaining({ schedule: "bad", reason: "the queue is away", msg: "a schedule was put off" }),
  );
});
