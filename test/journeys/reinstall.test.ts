import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { showcase } from "../../hubspot-stand-in/seed/showcase.ts";
import { startWorld, type World } from "../support/world.ts";

describe("a portal that installs the app again", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
    await world.install();
  });
  afterAll(() => world?.stop());

  it("learns what changed while nobody told us, and gets every result written again", async () => {
    world.standIn.uninstall(world.portalId);
    world.crm.delete("companies", showcase.cold.id);
    world.crm.update("companies", showcase.messy.id, { numberofemployees: "650", touchstone_score: "" });
    await world.install();
    await world.settled();
    await world.until("the deleted one is gone", async () => (await world.view(showcase.cold.id)).state === "unscored");
    const messy = await world.view(showcase.messy.id);
    expect(messy.priority?.lines.find((line) => line.criterion === "size")?.points).toBeGreaterThan(0);
    expect(world.property(showcase.messy.id, "touchstone_score")).toBe(String(messy.priority?.score));
  });
});
