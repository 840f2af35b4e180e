import { afterEach, describe, expect, it } from "@jest/globals";
import type { ClockedWorld } from "../../support/clocked-world.ts";
import { alertOf, askForDemo, company, links, running, startPortal } from "../hot/hot-world.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

describe("A clock on the company's card", () => {
  let world: ClockedWorld;
  afterEach(() => world.stop());

  it("that was met says when somebody reached out, until another one may start", async () => {
    world = await startPortal();
    await askForDemo(world);
    await running(world);
    expect(await world.view(company)).toMatchObject({ hot: { missed: false }, hotAnswer: null });
    world.step(60 * minuteMs);
    const at = call();
    await world.until("the clock stops", async () => (await alertOf(world))?.state === "met");
    expect(await world.view(company)).toMatchObject({
      hot: null,
      hotAnswer: { state: "met", text: "Somebody reached out in time.", at },
    });
    world.step(15 * dayMs);
    expect(await world.view(company)).toMatchObject({ hot: null, hotAnswer: null });
  });

  it("that was missed runs on, and says that it was late when somebody reaches out after all", async () => {
    world = await startPortal();
    await askForDemo(world);
    await running(world);
    world.step(dayMs + minuteMs);
    expect(await world.view(company)).toMatchObject({ hot: { missed: true }, hotAnswer: null });
    const at = call();
    await world.until("the clock stops", async () => (await alertOf(world))?.state === "late");
    expect((await world.view(company)).hotAnswer).toEqual({
      state: "late",
      text: "Somebody reached out, after the time was over.",
      at,
    });
  });

  it.each(["Until spring", "Until spring."])(
    "that was excused says why nobody needs to reach out: %s",
    async (note) => {
      world = await startPortal();
      await askForDemo(world);
      await running(world);
      await world.ask(`/api/accounts/${company}/hot/excuse`, "POST", { reason: "asked_to_wait", note });
      expect((await world.view(company)).hotAnswer).toEqual({
        state: "excused",
        text: "Nobody needs to reach out. They asked us to wait. Until spring.",
        at: null,
      });
    },
  );

  function call(): number {
    const at = world.now();
    const properties = { hs_call_direction: "OUTBOUND", hs_call_status: "NO_ANSWER" };
    world.crm.create("calls", { ...properties, hs_timestamp: new Date(at).toISOString() }, [...links]);
    return at;
  }
});
