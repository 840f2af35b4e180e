import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type BulkView, bulkApi } from "@touchstone/shared/bulk-api.ts";
import { day, read, startTiers, type TiersUnderTest } from "../tiers/tiers-under-test.ts";

const cap = 25;
const [leaving, other] = ["1", "2"];
let api: TiersUnderTest;

beforeAll(async () => {
  api = await startTiers();
  await api.setScores([
    ...Array.from({ length: cap - 1 }, (_one, index) => ({ id: String(100 + index), score: 85 })),
    { id: leaving, score: 84 },
    { id: other, score: 30 },
  ]);
  await api.pass();
  await api.setScores([{ id: leaving, score: 70 }]);
  await api.pass();
  await read(api.ask("POST", `/api/accounts/${leaving}/tier/demotion`, { approve: true }));
});
afterAll(() => api?.stop());

describe("a full tier of which one member's move down is approved and not yet carried out", () => {
  it("has one place to give, for whoever is chosen", async () => {
    expect(await tierOne()).toBe(cap);
    for (const id of [leaving, other]) expect(await choose(bulkApi.previewTier, [id])).toEqual({ [id]: "done" });
  });

  it("gives it once, when that member and another are chosen together", async () => {
    const asked = [other, leaving];
    const given = { [leaving]: "done", [other]: "refused" };
    expect(await choose(bulkApi.previewTier, asked)).toEqual(given);
    expect(await choose(bulkApi.setTier, asked)).toEqual(given);
  });

  it("has none left before the next pass, neither in a list nor on a card", async () => {
    expect(await choose(bulkApi.setTier, [other])).toEqual({ [other]: "refused" });
    const body = { tier: "tier_1", reason: "Opens a market", expiresAt: api.ctx.now() + day };
    expect((await api.ask("POST", `/api/accounts/${other}/tier/override`, body)).status).toBe(409);
    expect((await api.ask("POST", `/api/accounts/${leaving}/tier/override`, body)).status).toBe(200);
    await api.pass();
    expect(await tierOne()).toBe(cap);
    expect(await api.tierOf(leaving)).toMatchObject({ tier: "tier_1", demotion: null });
  });
});

async function choose(path: string, companyIds: readonly string[]): Promise<Record<string, string>> {
  api.ctx.clock.now += 1;
  const body = { tier: "tier_1", reason: "Opens a market", expiresAt: api.ctx.now() + 90 * day, companyIds };
  const { lines } = await read<BulkView>(api.ask("POST", path, body));
  return Object.fromEntries(lines.map(({ companyId, status }) => [companyId, status]));
}

async function tierOne(): Promise<number> {
  const rows = await api.ctx.db.selectFrom("tier_members").select("account_id").where("tier", "=", "tier_1").execute();
  return rows.length;
}
