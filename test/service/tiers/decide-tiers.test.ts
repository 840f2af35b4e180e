import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { PublishedTiersView, TiersView } from "@touchstone/shared/tiers-api.ts";
import { defaultTiers } from "../../../server/programme/tiers/load-tier-template.ts";
import { day, read, startTiers, type TiersUnderTest } from "./tiers-under-test.ts";

let api: TiersUnderTest;
beforeAll(async () => {
  api = await startTiers();
  await api.setScores([
    { id: "1", score: 85 },
    { id: "2", score: 65 },
    { id: "3", score: null, band: "excluded" },
  ]);
  await api.pass();
});
afterAll(() => api?.stop());

const override = (id: string, body: unknown, user = "4711") =>
  api.ask("POST", `/api/accounts/${id}/tier/override`, body, { user });
const answer = (id: string, approve: unknown) => api.ask("POST", `/api/accounts/${id}/tier/demotion`, { approve });
const good = () => ({ tier: "tier_1", reason: "Opens a market", expiresAt: api.ctx.now() + 30 * day });

describe("a demotion that is asked for", () => {
  it("keeps the place until it is answered, and is told in words", async () => {
    await api.setScores([{ id: "1", score: 70 }]);
    await api.pass();
    const view = await api.tierOf("1");
    expect(view).toMatchObject({ tier: "tier_1", demotion: { to: "tier_2", state: "asked", by: null } });
    expect(view.demotion?.why).toBe("Asks to move from Tier 1 to Tier 2: score 70, and Tier 1 is kept down to 78.");
  });

  it("is kept away for a month when it is refused; the same answer again changes nothing, another is refused", async () => {
    expect([(await answer("1", false)).status, (await answer("1", false)).status]).toEqual([200, 200]);
    expect((await answer("1", true)).status).toBe(409);
    await api.pass();
    expect(await api.tierOf("1")).toMatchObject({ tier: "tier_1", demotion: { state: "refused", by: "77" } });
    expect((await api.tiers()).demotions).toEqual([]);
    api.ctx.clock.now += 31 * day;
    await api.pass();
    expect((await api.tiers()).demotions).toMatchObject([{ companyId: "1", to: "tier_2" }]);
  });

  it("moves the account when it is approved, and the history says who did", async () => {
    expect((await answer("1", true)).status).toBe(200);
    await api.pass();
    const view = await api.tierOf("1");
    expect(view).toMatchObject({
      tier: "tier_2",
      demotion: null,
      reason: "Moved down from Tier 1 to Tier 2: score 70, approved.",
    });
    expect(view.history[0]).toMatchObject({ kind: "moved down", from: "tier_1", to: "tier_2", by: "77" });
  });

  it("cannot be answered for a company that asks nothing", async () => {
    expect((await answer("2", true)).status).toBe(409);
    expect((await answer("2", "yes")).status).toBe(400);
  });
});

describe("an override", () => {
  it.each([
    ["without a reason", { ...({ tier: "tier_1" } as object), expiresAt: 1 }, 400],
    ["into a tier that is not there", { tier: "tier_9", reason: "x", expiresAt: Date.now() + day }, 400],
    ["that expired before it began", { tier: "tier_1", reason: "x", expiresAt: 5 }, 400],
    ["for longer than a year", { tier: "tier_1", reason: "x", expiresAt: Date.now() + 800 * day }, 400],
    ["with a text that no database holds", { tier: "tier_1", reason: "a\0b", expiresAt: Date.now() + day }, 400],
    ["that is no object", "[]", 400],
    ["that is no JSON", "{", 400],
  ])("%s is refused", async (_what, body, status) => {
    const { status: got, text } = await override("2", body);
    expect([got, text]).toEqual([status, expect.stringMatching(/Nothing was changed/)]);
  });

  it("of an excluded or unknown company is refused", async () => {
    expect((await override("3", good())).status).toBe(409);
    expect((await override("999", good())).status).toBe(404);
  });

  it("sent twice is one; ending it twice is one", async () => {
    const sent = good();
    expect([(await override("2", sent)).status, (await override("2", sent)).status]).toEqual([200, 200]);
    await api.pass();
    expect(await api.tierOf("2")).toMatchObject({ tier: "tier_1", override: { by: "4711", reason: "Opens a market" } });
    const rows = await api.ctx.db.selectFrom("tier_overrides").selectAll().execute();
    expect(rows).toHaveLength(1);
    expect([(await override("2", { end: true })).status, (await override("2", { end: true })).status]).toEqual([
      200, 200,
    ]);
    await api.pass();
    expect((await api.tierOf("2")).tier).toBe("tier_2");
    const kinds = (await api.tierOf("2")).history.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(["override", "override ended"]));
  });
});

describe("the tiers themselves", () => {
  const publish = (body: unknown, user = "77") => api.ask("POST", "/api/tiers/programme", body, { user });

  it("are changed by the person who connected the app alone", async () => {
    expect((await publish({ template: "top-n" }, "4711")).status).toBe(403);
    const person = { personId: "1", side: "sales", places: {} };
    expect((await api.ask("POST", "/api/tiers/people", person, { user: "4711" })).status).toBe(403);
    expect((await api.tiers()).version).toBe(0);
  });

  it("are refused with every fault and its place", async () => {
    const [one, ...others] = defaultTiers.tiers;
    const broken = {
      ...defaultTiers,
      reassessDays: 0,
      surprise: 1,
      tiers: [{ ...one, key: "out", cap: 0 }, ...others, others[0]],
    };
    const { status, text } = await publish({ programme: broken });
    expect(status).toBe(422);
    const paths = (JSON.parse(text) as { faults: { path: string }[] }).faults.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(["tiers[0].key", "tiers[0].cap", "reassessDays"]));
    expect((await publish({})).status).toBe(400);
    expect((await publish({ template: "nothing" })).status).toBe(400);
  });

  it("of each template can be published, and their tiers are filled", async () => {
    for (const { key } of (await api.tiers()).templates) {
      const view = await read<PublishedTiersView>(publish({ template: key }));
      expect(view.unchanged).toBe(key === "bands-then-cap");
      // What they read besides scores is asked of HubSpot first.
      await api.ctx.db.updateTable("portals").set({ status: "ready" }).execute();
      await api.pass();
      const { programme, tiers, outOfProgramme } = await api.tiers();
      expect(programme.key).toBe(key);
      const placed = tiers.reduce((sum, { members }) => sum + members, 0);
      const reads = programme.rankBy.kind === "property";
      expect([placed, outOfProgramme]).toEqual(reads ? [0, 2] : [2, 0]);
    }
  });

  it("that somebody else changed meanwhile are refused in words; the same tiers again are one", async () => {
    const { version, programme } = await api.tiers();
    const sent = { programme: { ...programme, name: "Capped anew" }, version };
    expect(await read<PublishedTiersView>(publish(sent))).toMatchObject({ version: version + 1, unchanged: false });
    expect(await read<PublishedTiersView>(publish(sent))).toMatchObject({ version: version + 1, unchanged: true });
    const late = await publish({ programme: { ...programme, name: "Capped too late" }, version });
    expect([late.status, late.text]).toEqual([409, expect.stringMatching(/changed meanwhile.*nothing was changed/)]);
    expect((await publish({ programme, version: "1" })).status).toBe(400);
    expect((await api.tiers()).programme.name).toBe("Capped anew");
  });

  it("T18: behind the gate of all three axes, 90 / 90 / 69 is in no tier that asks for it", async () => {
    const gate = { match: "all", conditions: [{ kind: "band", bands: ["eligible"] }] };
    const tiers = defaultTiers.tiers.map((tier, index) => (index < 2 ? { ...tier, entry: gate } : tier));
    const view = await read<PublishedTiersView>(publish({ programme: { ...defaultTiers, key: "gated", tiers } }));
    expect(view.warnings.join()).toMatch(/eligible, which is no band of the model playbook-100/);
    await api.setScores([
      { id: "11", score: 249, band: "not_eligible" },
      { id: "12", score: 210, band: "eligible" },
    ]);
    await api.pass();
    expect([(await api.tierOf("11")).tier, (await api.tierOf("12")).tier]).toEqual(["tier_3", "tier_1"]);
  });

  it("take no more places than there are people, once both sides are entered", async () => {
    const edit = (personId: string, side: string, places: object | null) =>
      read<TiersView>(api.ask("POST", "/api/tiers/people", { personId, side, places }));
    await edit("1", "sales", { tier_1: 5, tier_2: 25 });
    const view = await edit("2", "marketing", { tier_1: 3 });
    expect(view.tiers.map(({ cap }) => [cap.effective, cap.limitedBy])).toEqual([
      [3, "marketing"],
      [25, "sales"],
      [200, "template"],
    ]);
    expect((await edit("2", "marketing", null)).tiers[0]?.cap).toMatchObject({ effective: 5, limitedBy: "sales" });
    const wrong = await api.ask("POST", "/api/tiers/people", { personId: "x", side: "sales", places: {} });
    expect(wrong.status).toBe(400);
    const lost = await api.ask("POST", "/api/tiers/people", { personId: "3", side: "sales", places: { gold: 1 } });
    expect([lost.status, lost.text]).toEqual([400, expect.stringMatching(/There is no tier gold/)]);
  });
});
