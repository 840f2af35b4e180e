import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type BulkChoicesView, type BulkView, bulkApi } from "@touchstone/shared/bulk-api.ts";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { day, read, startTiers, type TiersUnderTest } from "../tiers/tiers-under-test.ts";

const cap = 25;
const expiresAt = Date.now() + 90 * day;
let api: TiersUnderTest;

beforeAll(async () => {
  api = await startTiers();
  await api.setScores([
    { id: "1", score: 30 },
    { id: "2", score: 20, properties: { hubspot_owner_id: "" } },
    { id: "3", score: 10 },
    { id: "9", score: null, band: "excluded" },
    ...Array.from({ length: cap - 2 }, (_one, index) => ({ id: String(100 + index), score: 85 })),
  ]);
  await api.pass();
});
afterAll(() => api?.stop());

describe("the tier of companies chosen in a list", () => {
  it("is set line by line: places go to the higher scores, and what stands against the others is said", async () => {
    const asked = { ...wish("tier_1"), companyIds: ["3", "2", "1", "9", "77", "100"] };
    const looked = await preview(asked);
    expect(looked).toMatchObject({
      title: "3 of 6 companies can be set to Tier 1; 3 cannot.",
      yes: "Set the tier of 3 companies",
      counts: { done: 3, already: 0, refused: 3 },
    });
    expect(looked.lines.map(({ companyId, label, text }) => [companyId, label, text])).toEqual([
      ["3", "Refused", "Tier 1 is full: its 25 places are taken."],
      ["77", "Refused", "No such company is known here (yet)."],
      ["9", "Refused", "It is excluded, and excluded companies are in no tier."],
      ["2", "Can be set", "Tier 1 needs an owner, and it has none."],
      ["1", "Can be set", ""],
      ["100", "Can be set", ""],
    ]);
    expect((await api.tierOf("1")).override).toBeNull();
    const done = await set({ ...asked, since: looked.at });
    expect(done).toMatchObject({ title: "3 of 6 companies are set to Tier 1; 3 refused.", yes: null });
    await api.pass();
    for (const id of ["1", "2", "100"]) {
      const { tier, override } = await api.tierOf(id);
      expect([tier, override]).toEqual([
        "tier_1",
        { tier: "tier_1", reason: "Opens a market", by: "77", setAt: expect.any(Number), expiresAt: asked.expiresAt },
      ]);
    }
    expect(await api.tierOf("3")).toMatchObject({ tier: "out", override: null });
  });

  it("is answered the same when HubSpot sends the act twice, before the places are given and after", async () => {
    const asked = { ...wish("tier_2"), companyIds: ["3", "2"] };
    const { at } = await preview(asked);
    const once = await set({ ...asked, since: at });
    const standing = await countOverrides();
    for (const giveThem of [false, true]) {
      if (giveThem) await api.pass();
      api.ctx.clock.now += 1_000;
      const again = await set({ ...asked, since: at });
      expect({ ...again, at: 0 }).toEqual({ ...once, at: 0 });
    }
    expect(await countOverrides()).toBe(standing);
    expect(await preview(asked)).toMatchObject({ counts: { done: 0, already: 2, refused: 0 }, yes: null });
  });

  it("is replaced by another decision, which wins from then on", async () => {
    await set({ ...wish("tier_3"), companyIds: ["3"] });
    await api.pass();
    const { title } = await set({ ...wish("out"), companyIds: ["3"], reason: "Not now" });
    expect(title).toBe("1 of 1 company is kept out of the programme.");
    await api.pass();
    expect(await api.tierOf("3")).toMatchObject({ tier: "out", override: { reason: "Not now" } });
  });

  it("is a rule of one portal: another's companies are not known", async () => {
    const other = asPortalId(5_151);
    await api.ctx.install(other);
    await api.setScores([{ id: "600", score: 50 }], other);
    await api.pass(other);
    const { lines } = await set({ ...wish("tier_2"), companyIds: ["600"] });
    expect(lines).toMatchObject([{ status: "refused", text: "No such company is known here (yet)." }]);
  });

  it.each([
    ["a tier that is not there", { tier: "tier_9" }],
    ["no reason", { reason: " " }],
    ["an end that is over", { expiresAt: 5 }],
    ["an end in two years", { expiresAt: Date.now() + 800 * day }],
    ["a text that no database holds", { reason: "a\0b" }],
    ["no company", { companyIds: [] }],
  ])("is not set with %s", async (_what, wrong) => {
    for (const path of [bulkApi.previewTier, bulkApi.setTier]) {
      const answer = await api.ask("POST", path, { ...wish("tier_2"), companyIds: ["1"], ...wrong });
      expect([answer.status, answer.text]).toEqual([400, expect.stringContaining("Nothing was changed.")]);
    }
  });

  it("is not set by who may only look, who may see what would become of it", async () => {
    const list = { userIds: ["88"], version: 0 };
    expect((await api.ask("POST", "/api/settings/view-only", list)).status).toBe(200);
    const asked = { ...wish("tier_2"), companyIds: ["1"] };
    const statuses = [bulkApi.previewTier, bulkApi.setTier].map(
      async (path) => (await api.ask("POST", path, asked, { user: "88" })).status,
    );
    expect(await Promise.all(statuses)).toEqual([200, 403]);
    const choices = await read<BulkChoicesView & { viewOnly?: string }>(
      api.ask("GET", bulkApi.getChoices, undefined, { user: "88" }),
    );
    expect(choices.viewOnly).toContain("change nothing");
  });

  it("can be any of the portal's tiers, said with their places, or none", async () => {
    const { tiers, lasting } = await read<BulkChoicesView>(api.ask("GET", bulkApi.getChoices));
    expect(tiers).toEqual([
      { key: "tier_1", name: "Tier 1", label: "Tier 1 (24 of 25 places taken)" },
      { key: "tier_2", name: "Tier 2", label: expect.stringMatching(/^Tier 2 \(\d of 75 places taken\)$/) },
      { key: "tier_3", name: "Tier 3", label: expect.stringMatching(/^Tier 3 \(\d of 200 places taken\)$/) },
      { key: "out", name: "out of the programme", label: "Out of the programme" },
    ]);
    expect(lasting[0]).toEqual({ days: 30, expiresAt: api.ctx.now() + 30 * day });
  });
});

const wish = (tier: string) => ({ tier, reason: "Opens a market", expiresAt });

/** Time goes on: what was done before a preview was not done by its act. */
function preview(body: object): Promise<BulkView> {
  api.ctx.clock.now += 1;
  return read<BulkView>(api.ask("POST", bulkApi.previewTier, body));
}

function set(body: object): Promise<BulkView> {
  api.ctx.clock.now += 1;
  return read<BulkView>(api.ask("POST", bulkApi.setTier, body));
}

const countOverrides = async (): Promise<number> =>
  (await api.ctx.db.selectFrom("tier_overrides").select("account_id").execute()).length;
