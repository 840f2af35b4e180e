import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { AccountStageView } from "@touchstone/shared/account-stage.ts";
import type { MatrixView } from "@touchstone/shared/message-matrix.ts";
import { type ClockedWorld, startClockedWorld } from "../../support/clocked-world.ts";
import { companyIdAt, personIdAt, plainPortal } from "../../support/plain-portal.ts";

const startAt = Date.UTC(2026, 10, 3, 9);
const [company, first, second] = [companyIdAt(0), personIdAt(0), personIdAt(1)];

describe("Stages and messages", () => {
  let world: ClockedWorld;
  beforeAll(async () => {
    world = await startClockedWorld(
      plainPortal({ portalId: 4711, companies: 2, peopleEach: 2, nowAt: startAt }),
      startAt,
    );
    await world.install();
  });
  afterAll(() => world.stop());

  it("follow what happens in the CRM, with the message for each person's role", async () => {
    expect(await stage()).toMatchObject({ stage: "awareness", messages: [] });
    world.crm.update("contacts", first, {
      firstname: "Eva",
      lastname: "Buyer",
      hs_buying_role: "BUDGET_HOLDER",
      hs_email_last_open_date: iso(),
    });
    await world.until("interest", async () => (await stage()).stage === "interest");
    expect((await stage()).messages).toEqual([
      {
        personId: first,
        name: "Eva Buyer",
        role: "economic buyer",
        message: "ROI calculators; business case templates",
      },
    ]);
    world.crm.update("contacts", second, {
      recent_conversion_event_name: "Content download: Guide",
      recent_conversion_date: iso(),
    });
    await world.until("consideration", async () => (await stage()).stage === "consideration");
    const deal = world.crm.create("deals", { dealname: "x", dealstage: "qualifiedtobuy", amount: "1000" }, [
      { type: "companies", id: company, primary: true },
    ]);
    await world.until("decision", async () => (await stage()).stage === "decision");
    world.crm.update("deals", deal, { dealstage: "closedwon", closedate: iso() });
    await world.until("expansion", async () => (await stage()).stage === "expansion");
  });

  it("show the portal's own words once they are changed, and what is missing", async () => {
    const read = async () => (await (await world.ask("/api/messages")).json()) as MatrixView;
    const { matrix, version, gaps } = await read();
    expect(gaps).toContainEqual({ row: "Economic buyer", stage: "expansion" });
    const rows = matrix.rows.map((row) => ({ ...row, cells: { ...row.cells, expansion: `More for ${row.label}` } }));
    const changed = await world.ask("/api/messages", "POST", { matrix: { ...matrix, rows }, version });
    expect(((await changed.json()) as MatrixView).gaps).toEqual([]);
    expect((await stage()).messages[0]?.message).toBe("More for Economic buyer");
    const again = await world.ask("/api/messages", "POST", { matrix: { ...matrix, rows }, version });
    expect([again.status, (await again.json()) as MatrixView]).toEqual([200, await read()]);
    expect((await world.ask("/api/messages", "POST", { matrix, version })).status).toBe(409);
    expect((await world.ask("/api/messages", "POST", { matrix: { rows: [] }, version: 1 })).status).toBe(400);
  });

  it("say nothing to somebody who has left", async () => {
    const map = async (departed: boolean) => {
      const person = { personId: first, departed };
      expect((await world.ask(`/api/accounts/${company}/committee/people`, "POST", person)).status).toBe(200);
      return (await stage()).messages.map(({ personId }) => personId);
    };
    expect(await map(true)).toEqual([]);
    expect(await map(false)).toEqual([first]);
  });

  const iso = () => new Date(world.now()).toISOString();
  const stage = async () => (await (await world.ask(`/api/accounts/${company}/stage`)).json()) as AccountStageView;
});
