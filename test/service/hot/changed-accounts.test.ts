import { afterEach, describe, expect, it } from "@jest/globals";
import type { TodayView } from "@touchstone/shared/home-api.ts";
import type { ClockedWorld } from "../../support/clocked-world.ts";
import { companyIdAt } from "../../support/plain-portal.ts";
import { alertOf, askForDemo, company, lookForTasks, running, startPortal, tasksOf } from "./hot-world.ts";

const dayMs = 86_400_000;

describe("A hot account whose company changes", () => {
  let world: ClockedWorld;
  afterEach(() => world.stop());

  it("gets one task although the answer was lost and its company was merged meanwhile", async () => {
    world = await startPortal();
    world.standIn.faults.add({ kind: "resetAfter", method: "POST", path: "/objects/" });
    await askForDemo(world);
    await world.until("the task stands in HubSpot", () => tasksOf(world.crm).length === 1);
    const merged = world.crm.merge("companies", company, companyIdAt(2));
    await world.settled();
    await world.until("the clock runs on", async () => (await alertOf(world, merged))?.state === "open");
    await lookForTasks(world);
    await world.until("it is found", async () => (await alertOf(world, merged))?.task === "made");
    expect(tasksOf(world.crm)).toHaveLength(1);
  });

  it("stops all clocks of companies that are gone, and says so", async () => {
    world = await startPortal();
    await askForDemo(world);
    await running(world);
    world.crm.delete("companies", company);
    await world.settled();
    await world.wake("tend-hot-accounts");
    await world.until("the clock stops", async () => (await alertOf(world))?.state === "excused");
    expect((await alertOf(world))?.excuse?.note).toBe("The company is no longer in HubSpot.");
    expect(await alertOf(world)).toMatchObject({ route: "sales" });
  });

  it("goes where the checklist says, when that is the portal's readiness model (rows 50 and 79)", async () => {
    world = await startPortal();
    const { model } = (await (await world.ask("/api/models/templates/checklist-8")).json()) as { model: object };
    expect((await world.ask("/api/models/publish", "POST", { model })).status).toBe(200);
    await world.settled();
    await askForDemo(world);
    const asked = "Somebody at this target account asked for a demo.";
    const held = { route: "hold", reason: `${asked} It is on hold: too little speaks for it yet.` };
    expect(await running(world)).toMatchObject(held);
    const { lines } = (await (await world.ask("/api/home/today")).json()) as TodayView;
    expect(lines[0]?.why).toBe(held.reason);
    await world.until("its task", () => tasksOf(world.crm).length === 1);
    expect(tasksOf(world.crm)[0]?.hs_task_subject).toMatch(/^Answer .+ or say why not by Wed 4 Nov/);
    const path = `/api/accounts/${company}/hot/excuse`;
    const excused = await world.ask(path, "POST", { reason: "asked_to_wait" });
    expect(await excused.json()).toMatchObject({ alert: { state: "excused", route: "nurture" } });
    world.step(15 * dayMs);
    world.crm.update("companies", company, { industry: "COMPUTER_SOFTWARE", numberofemployees: "400" });
    await world.settled();
    await askForDemo(world);
    expect(await running(world)).toMatchObject({ route: "map" });
  });
});
