import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { CostsView, RoiView } from "@touchstone/shared/roi-api.ts";
import { type ClockedWorld, startClockedWorld } from "../../support/clocked-world.ts";
import { companyIdAt, plainPortal } from "../../support/plain-portal.ts";

const startAt = Date.UTC(2026, 10, 3, 9);
const dayMs = 86_400_000;

describe("The return of the programme (metric 17)", () => {
  let world: ClockedWorld;
  beforeAll(async () => {
    world = await startClockedWorld(
      plainPortal({ portalId: 4711, companies: 2, peopleEach: 1, nowAt: startAt }),
      startAt,
    );
    await world.install();
    await world.ask("/api/list/add", "POST", { source: "sales", accounts: [companyIdAt(0)] });
    world.step(dayMs);
  });
  afterAll(() => world.stop());

  it("is 150 % at a revenue of 500K and a cost of 200K (T32)", async () => {
    expect(await roi()).toMatchObject({ revenue: 0, cost: 0, roiPercent: null });
    win(0, "300000");
    win(0, "200000");
    // Not on the list, and won before the account came onto it.
    win(1, "900000");
    win(0, "700000", world.now() - 2 * dayMs);
    await world.settled();
    for (const [costId, kind, amount] of [
      ["tools", "technology", 60_000],
      ["team", "people", 140_000],
      ["mistake", "training", 5_000],
      ["mistake", "training", 0],
    ] as const) {
      const noted = await world.ask("/api/reports/costs", "POST", {
        costId,
        kind,
        what: costId,
        amount,
        at: world.now() - 1,
      });
      expect(noted.status).toBe(200);
    }
    const view = await roi();
    expect(view).toMatchObject({ revenue: 500_000, deals: 2, cost: 200_000, roiPercent: 150, currency: "EUR" });
    expect(view.attribution).toContain("on the target list");
  });

  it("lists the costs of the last 12 months by their month, for who connected the app with a form", async () => {
    const read = async () => (await (await world.ask("/api/reports/costs")).json()) as CostsView;
    const { months, kinds, costs, columns, mayChange } = await read();
    expect(months.map(({ label }) => label).slice(0, 2)).toEqual(["November 2026", "October 2026"]);
    expect([months.length, kinds.length, columns.at(-1), mayChange]).toEqual([12, 5, "Amount in EUR", true]);
    expect(costs.map(({ cells }) => cells)).toEqual([
      ["November 2026", "People", "team", "140,000"],
      ["November 2026", "Technology", "tools", "60,000"],
    ]);
    const cost = { costId: "school", kind: "training", what: "School", amount: 900.5, at: months[11]?.value };
    expect((await world.ask("/api/reports/costs", "POST", cost)).status).toBe(200);
    const after = await read();
    expect(after.costs.at(-1)?.cells).toEqual(["December 2025", "Training", "School", "900.5"]);
  });

  it("answers a wrong period and a wrong cost in words", async () => {
    expect((await world.ask("/api/reports/roi?from=5&to=5")).status).toBe(400);
    const bad = await world.ask("/api/reports/costs", "POST", { costId: "x", kind: "fun", what: "", amount: 1, at: 1 });
    expect(await bad.text()).toContain("Nothing was changed.");
  });

  const roi = async () => (await (await world.ask("/api/reports/roi")).json()) as RoiView;
  const win = (company: number, amount: string, at = world.now() - 1) =>
    world.crm.create(
      "deals",
      { dealname: "x", dealstage: "closedwon", amount, closedate: new Date(at).toISOString() },
      [{ type: "companies", id: companyIdAt(company), primary: true }],
    );
});
