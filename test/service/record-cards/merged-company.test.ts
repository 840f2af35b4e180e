import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type ClockedWorld, startClockedWorld } from "../../support/clocked-world.ts";
import { companyIdAt, personIdAt, plainPortal } from "../../support/plain-portal.ts";

const startAt = Date.UTC(2026, 10, 3, 9);
const [left, right] = [companyIdAt(0), companyIdAt(1)];

describe("Cards of a company that was merged away while its record is open", () => {
  let world: ClockedWorld;
  let merged = "";
  beforeAll(async () => {
    world = await startClockedWorld(
      plainPortal({ portalId: 4711, companies: 2, peopleEach: 1, nowAt: startAt }),
      startAt,
    );
    await world.install();
    merged = world.crm.merge("companies", left, right);
    await world.until("the merge is scored", async () => (await world.view(merged)).state === "scored");
    await world.settled();
  });
  afterAll(() => world.stop());

  it("show the score of what it became, and say so", async () => {
    expect(await world.view(left)).toMatchObject({ companyId: merged, mergedFrom: left, state: "scored" });
  });

  it.each(["summary", "committee", "plays", "questions", "trend", "verdict"])("answer %s for it", async (what) => {
    const [old, now] = [await get(left, what), await get(merged, what)];
    expect(now).toMatchObject({ companyId: merged });
    expect(old).toEqual(now);
  });

  it("have its history and take a verdict on its score", async () => {
    expect(await get(left, "trend")).toMatchObject({ gap: null, points: expect.arrayContaining([expect.anything()]) });
    const given = await world.ask(`/api/accounts/${right}/verdict`, "POST", { right: true, reason: null });
    expect(given.status).toBe(200);
    expect(await get(merged, "verdict")).toMatchObject({ own: { right: true } });
  });

  it("give its people their roles", async () => {
    const body = { personId: personIdAt(0), roles: ["champion"] };
    expect((await world.ask(`/api/accounts/${left}/committee/people`, "POST", body)).status).toBe(200);
    expect(await get(merged, "committee")).toMatchObject({
      people: expect.arrayContaining([
        expect.objectContaining({ personId: personIdAt(0), roles: [expect.objectContaining({ key: "champion" })] }),
      ]),
    });
  });

  const get = async (id: string, what: string): Promise<unknown> =>
    (await world.ask(`/api/accounts/${id}/${what}`)).json();
});
