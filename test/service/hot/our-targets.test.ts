import { afterEach, describe, expect, it } from "@jest/globals";
import { type ClockedWorld, startClockedWorld } from "../../support/clocked-world.ts";
import { companyIdAt, personIdAt } from "../../support/plain-portal.ts";
import { alertOf, demoRequest, hotSeed, list, startPortal, tenOClock } from "./hot-world.ts";

const dayMs = 86_400_000;
/** In no band of the model, and without HubSpot's own target flag. */
const [prospect, buyer] = [companyIdAt(1), personIdAt(1)];

describe("A demo request from an account that is a target here", () => {
  let world: ClockedWorld;
  afterEach(() => world.stop());

  async function ask(): Promise<void> {
    world.crm.update("contacts", buyer, demoRequest(world.now()));
    await world.settled();
  }
  const put = (path: string, body: object) => world.ask(path, "POST", body);
  const add = () => put("/api/list/add", { source: "sales", accounts: [prospect] });
  const isHot = async () => (await alertOf(world, prospect))?.state === "open";

  it("makes it hot once it is on the target list, and not while sales rejects it", async () => {
    world = await startPortal();
    await ask();
    expect(await alertOf(world, prospect)).toBeNull();
    await add();
    await world.until("the list is heard of", isHot);
    expect((await alertOf(world, prospect))?.reason).toBe("Somebody at this target account asked for a demo.");
    await put(`/api/accounts/${prospect}/hot/excuse`, { reason: "not_a_fit" });
    await put(`/api/accounts/${prospect}/review`, { verdict: "reject", reason: "other", note: "Left the market" });
    world.step(dayMs);
    await ask();
    expect((await list(world)).alerts).toHaveLength(1);
    await put(`/api/accounts/${prospect}/review`, { verdict: "keep" });
    await world.until("sales' word is heard of", isHot);
  });

  it("makes it hot once somebody gave it a place, and no more when it is taken off the list", async () => {
    world = await startPortal();
    await add();
    await put("/api/list/remove", { companyIds: [prospect] });
    await ask();
    expect(await alertOf(world, prospect)).toBeNull();
    const place = { tier: "tier_1", reason: "Opens a market", expiresAt: world.now() + 30 * dayMs };
    expect((await put(`/api/accounts/${prospect}/tier/override`, place)).status).toBe(200);
    await world.until("the place is heard of", isHot);
  });

  it("raises nothing when the request was there before the installation", async () => {
    world = await startClockedWorld(hotSeed(), tenOClock);
    world.crm.update("contacts", buyer, demoRequest(world.now() - dayMs));
    await world.install();
    await add();
    await world.settled();
    expect(await alertOf(world, prospect)).toBeNull();
    world.step(60_000);
    await ask();
    expect(await isHot()).toBe(true);
  });
});
