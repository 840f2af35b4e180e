import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { crmEvents } from "../../hubspot-stand-in/seed/crm-events.ts";
import { showcase } from "../../hubspot-stand-in/seed/showcase.ts";
import { startWorld, type World } from "../support/world.ts";

const setups = [
  { queue: "postgres", topology: "one" },
  { queue: "redis", topology: "one" },
  { queue: "postgres", topology: "split" },
  { queue: "redis", topology: "split" },
] as const;

describe.each(setups)("the main path on $queue, as $topology process", (setup) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld(setup);
    await world.install();
  });
  afterAll(() => world?.stop());

  it("scores every company of the portal and writes the result into its properties", async () => {
    const companies = world.crm.find("companies", {});
    expect(companies.length).toBe(40);
    for (const { properties } of companies) expect(properties.touchstone_tier).toMatch(/^(tier_[1-4]|excluded)$/);
  });

  it("shows a CTO's demo request on the card and in the portal", async () => {
    const { id } = showcase.justUnderTier2;
    const before = await world.view(id);
    play(world, "demo-request", id);
    await world.until(
      "a higher score on the card",
      async () => ((await world.view(id)).priority?.score ?? 0) > (before.priority?.score ?? 0),
    );
    await world.settled();
    const after = await world.view(id);
    const evidence = (after.priority?.lines ?? []).flatMap((line) => line.evidence.map((one) => one.text));
    expect(evidence.join()).toMatch(/asked for a demo/);
    // The meeting that comes with it is another record: it may be read, and scored, a moment later.
    expect(after.lastChange?.reasons.join()).toMatch(/asked for a demo|booked a meeting/);
    expect(after.highlights[0]?.who).toMatch(/CTO|Chief Technology Officer/);
    expect(world.property(id, "touchstone_score")).toBe(String(after.priority?.score));
    expect(world.property(id, "touchstone_tier")).toBe(after.tier?.key);
  });

  it("keeps the lines of the ledger equal to the number shown", async () => {
    for (const { id } of world.crm.find("companies", {})) {
      const { priority } = await world.view(id);
      const sum = (priority?.lines ?? []).reduce((total, line) => total + line.points, 0) + (priority?.rounding ?? 0);
      expect(sum).toBeCloseTo(priority?.score ?? 0, 9);
    }
  });

  it("counts ten opens by one person within an hour once", async () => {
    const { id } = showcase.cold;
    play(world, "ten-opens", id);
    await world.settled();
    const { readiness } = await world.view(id);
    expect(readiness?.lines.find((line) => line.criterion === "opens")?.points).toBe(1);
  });

  it("moves a person's engagement along when the person moves to another company", async () => {
    const { id, people } = showcase.headOffice;
    const before = await world.view(id);
    expect(before.readiness?.score).toBeGreaterThan(0);
    const target = showcase.empty.id;
    world.crm.disassociate({ type: "contacts", id: people.champion }, { type: "companies", id });
    world.crm.associate({ type: "contacts", id: people.champion }, { type: "companies", id: target }, true);
    await world.settled();
    expect((await world.view(target)).readiness?.score).toBeGreaterThan(0);
  });

  it("follows a merge of two companies to the new record", async () => {
    const merged = world.crm.merge("companies", showcase.duplicateA.id, showcase.duplicateB.id);
    await world.until("the merged company is scored", async () => (await world.view(merged)).state === "scored");
    await world.settled();
    for (const { id } of [showcase.duplicateA, showcase.duplicateB]) {
      const { pending: _, ...old } = await world.view(id);
      const { pending: __, ...winner } = await world.view(merged);
      expect(old).toEqual({ ...winner, mergedFrom: id });
    }
    expect(world.property(merged, "touchstone_score")).toBe(String((await world.view(merged)).priority?.score));
  });

  it("forgets a deleted company and takes a restored one back", async () => {
    const { id } = showcase.cold;
    world.crm.delete("companies", id);
    await world.until("the score is gone", async () => (await world.view(id)).state === "unscored");
    world.crm.restore("companies", id);
    await world.until("the score is back", async () => (await world.view(id)).state === "scored");
  });

  it("leaves nothing of a person who was erased", async () => {
    const { id, people } = showcase.hot;
    world.crm.privacyDelete(people.cto);
    await world.settled();
    await world.until("no line names the person", async () => !JSON.stringify(await world.view(id)).includes("CTO,"));
  });
});

function play(world: World, key: string, companyId: string): void {
  const event = crmEvents.find((one) => one.key === key);
  if (!event) throw new Error(`there is no event ${key}`);
  event.play(world.crm, { companyId, nowAt: Date.now(), countersFire: true });
}
