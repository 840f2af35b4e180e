import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { HygieneView, SpotCheckView, TargetListView } from "@touchstone/shared/target-list-api.ts";
import { type ClockedWorld, startClockedWorld } from "../../support/clocked-world.ts";
import { companyIdAt, personIdAt, plainPortal } from "../../support/plain-portal.ts";

/** 10:00 in Madrid, where the portal is. */
const tenOClock = Date.UTC(2026, 10, 3, 9);
const dayMs = 86_400_000;
const [customer, prospect, newcomer] = [companyIdAt(0), companyIdAt(1), companyIdAt(2)];
const fitting = { industry: "COMPUTER_SOFTWARE", numberofemployees: "400" };

let world: ClockedWorld;
beforeAll(async () => {
  world = await startClockedWorld(
    plainPortal({ portalId: 4711, companies: 4, peopleEach: 1, nowAt: tenOClock }),
    tenOClock,
  );
  await world.install();
});
afterAll(() => world.stop());

it("removes by the profile and by deals that were closed on the list, each with its day, never for the want of a place", async () => {
  for (const id of [customer, prospect]) world.crm.update("companies", id, fitting);
  close(customer, "closedwon", -300);
  close(prospect, "closedlost", -700);
  await world.settled();
  await post("/api/list/add", { source: "sales", accounts: [customer, prospect] });
  await world.settled();
  // Neither has a place: their scores are far below a tier.
  expect(await reasons()).toEqual([]);
  world.step(dayMs);
  close(customer, "closedwon", 0);
  world.crm.update("companies", prospect, { industry: "AGRICULTURE", numberofemployees: "3" });
  await world.settled();
  expect(await reasons()).toEqual([
    [customer, "remove", "Its deal was won on 4 Nov 2026, and none is open."],
    [prospect, "remove", "Out of the ideal customer profile, first seen on 4 Nov 2026."],
  ]);
  world.crm.update("companies", prospect, fitting);
  close(prospect, "closedlost", 0);
  await world.settled();
  expect((await reasons())[1]?.[2]).toBe("Its last deal was lost on 4 Nov 2026, and none is open.");
});

it("adds who fits the profile and shows intent, and asks no more for one that was taken off until it enters again", async () => {
  world.crm.update("companies", newcomer, fitting);
  await world.settled();
  const ofNewcomer = async () => (await reasons()).filter(([id]) => id === newcomer);
  expect(await ofNewcomer()).toEqual([]);
  world.crm.update("contacts", personIdAt(2), {
    recent_conversion_event_name: "Demo request",
    recent_conversion_date: new Date(world.now()).toISOString(),
  });
  await world.settled();
  const [line] = await ofNewcomer();
  expect(line?.slice(1)).toEqual([
    "add",
    expect.stringMatching(
      /^Fits the ideal customer profile, first seen on 4 Nov 2026, and shows intent: [1-9]\d* points\.$/,
    ),
  ]);
  await post("/api/list/add", { source: "intent", accounts: [newcomer] });
  expect(await ofNewcomer()).toEqual([]);
  world.step(dayMs);
  await post("/api/list/remove", { companyIds: [newcomer] });
  expect(await ofNewcomer()).toEqual([]);
  for (const properties of [{ industry: "AGRICULTURE", numberofemployees: "3" }, fitting]) {
    world.step(dayMs);
    world.crm.update("companies", newcomer, properties);
    await world.settled();
  }
  expect((await ofNewcomer()).map(([, kind]) => kind)).toEqual(["add"]);
});

it("shows on the list and in the spot check the tier in which an account has its place, not its band (T14)", async () => {
  const place = { reason: "Opens a market", expiresAt: world.now() + 30 * dayMs };
  await post(`/api/accounts/${customer}/tier/override`, { tier: "tier_1", ...place });
  await post(`/api/accounts/${prospect}/tier/override`, { tier: "tier_2", ...place });
  await world.settled();
  const { accounts } = (await (await world.ask("/api/list")).json()) as TargetListView;
  expect(accounts.map(({ companyId, tierLabel }) => [companyId, tierLabel])).toEqual([
    [customer, "Tier 1"],
    [prospect, "Tier 2"],
  ]);
  const check = (await post("/api/list/spot-check", { seed: "first" })) as SpotCheckView;
  expect(check.accounts.map(({ companyId, tier }) => [companyId, tier])).toEqual([
    check.accounts[0]?.companyId === customer ? [customer, "tier_1"] : [prospect, "tier_2"],
  ]);
});

function close(company: string, dealstage: string, days: number): void {
  const closedate = new Date(world.now() + days * dayMs + 1_000).toISOString();
  world.crm.create("deals", { dealname: "Deal", dealstage, closedate, hs_is_closed: "true" }, [
    { type: "companies", id: company },
  ]);
}

async function post(path: string, body: object): Promise<object> {
  const response = await world.ask(path, "POST", body);
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as object;
}

async function reasons() {
  const { lines } = (await (await world.ask("/api/list/hygiene")).json()) as HygieneView;
  return lines
    .filter(({ kind }) => kind === "add" || kind === "remove")
    .map(({ companyId, kind, reason }) => [companyId, kind, reason] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
