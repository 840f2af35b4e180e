import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { AccountPlaysView } from "@touchstone/shared/record-cards-api.ts";
import { sql } from "kysely";
import { type ClockedWorld, startClockedWorld } from "../../support/clocked-world.ts";
import { companyIdAt, plainPortal } from "../../support/plain-portal.ts";
import { playFor } from "./play-for.ts";

const startAt = Date.UTC(2026, 10, 3, 9);
const dayMs = 86_400_000;
const company = companyIdAt(0);

describe("Taking an account into a play on its card", () => {
  let world: ClockedWorld;
  let autumn = "";
  let second = "";
  beforeAll(async () => {
    world = await startClockedWorld(
      plainPortal({ portalId: 4711, companies: 1, peopleEach: 1, nowAt: startAt }),
      startAt,
    );
    await world.install();
    autumn = await playFor(world, { name: "Autumn", tier: "tier_3", launched: true });
    second = await playFor(world, { name: "Second", tier: "tier_3", launched: true });
  });
  afterAll(() => world.stop());

  it("offers every play that takes accounts in, with its tier and where it stands", async () => {
    await playFor(world, { name: "Draft", tier: "tier_1", launched: false });
    const gone = await playFor(world, { name: "Gone", tier: "tier_2", launched: true });
    await world.ask(`/api/plays/${gone}/retire`, "POST", {});
    const { choices, plays } = await card();
    expect(plays).toEqual([]);
    expect(choices.map(({ label }) => label).sort()).toEqual([
      "Autumn (Tier 3, running)",
      "Draft (Tier 1, not launched yet)",
      "Second (Tier 3, running)",
    ]);
    expect(choices.map(({ guard }) => guard)).toEqual([null, null, null]);
  });

  it("takes it in once, however often it is asked, and shows what is due", async () => {
    const first = await take({ playId: autumn });
    world.step(60_000);
    const again = await take({ playId: autumn });
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.view).toEqual(first.view);
    expect(first.view.plays).toMatchObject([{ name: "Autumn", next: [{ isDue: true }, { isDue: false }] }]);
    const { rows } = await sql`SELECT FROM play_accounts WHERE account_id = ${company}`.execute(world.server.ctx.db);
    expect(rows).toHaveLength(1);
  });

  it("refuses a second play for the same tier in the month in words, and keeps the reason that overrides it (T23)", async () => {
    const { choices } = await card();
    expect(choices.find(({ playId }) => playId === second)?.guard).toBe(
      "The account is in Autumn, launched for the same tier this month: one play a tier and month, no more than sales can follow.",
    );
    expect(choices.find(({ label }) => label.startsWith("Draft"))?.guard).toBeNull();
    const refused = await take({ playId: second });
    expect([refused.status, refused.message]).toEqual([
      400,
      expect.stringMatching(/^In Autumn.+one play a tier and month.+ Say why.+ Nothing was changed\.$/),
    ]);
    expect((await card()).plays).toHaveLength(1);
    const body = { playId: second, overrideReason: "They asked for it" };
    const [taken, again] = [await take(body), await take(body)];
    expect(taken.view.plays.map(({ name }) => name).sort()).toEqual(["Autumn", "Second"]);
    expect(again.view).toEqual(taken.view);
    const { rows } = await sql`SELECT status, status_why FROM play_accounts
      WHERE account_id = ${company} AND play_id = ${second}::uuid`.execute(world.server.ctx.db);
    expect(rows).toEqual([{ status: "active", status_why: "They asked for it" }]);
  });

  it("asks for no reason any more in the next month", async () => {
    const third = await playFor(world, { name: "Third", tier: "tier_3", launched: false });
    expect((await card()).choices.find(({ playId }) => playId === third)?.guard).not.toBeNull();
    world.step(31 * dayMs);
    expect((await card()).choices.find(({ playId }) => playId === third)?.guard).toBeNull();
  });

  it("refuses what is no play, and a company that nobody knows, in words", async () => {
    for (const body of [{}, { playId: "x" }, { playId: "0123abcd-0123-4123-8123-0123456789ab" }]) {
      const { status, message } = await take(body);
      expect([[400, 404].includes(status), message]).toEqual([true, expect.stringContaining("Nothing was changed.")]);
    }
    const unknown = await take({ playId: autumn }, "99");
    expect([unknown.status, unknown.message]).toEqual([400, expect.stringContaining("Nothing was changed.")]);
  });

  it("refuses a reason that is too short to say anything, and says how long it is to be", async () => {
    expect(await take({ playId: autumn, overrideReason: "ok" })).toMatchObject({
      status: 400,
      message: "A reason to bring it in all the same has 3 to 500 characters. Nothing was changed.",
    });
  });

  const card = async () => (await (await world.ask(`/api/accounts/${company}/plays`)).json()) as AccountPlaysView;

  async function take(body: object, id = company) {
    const answer = await world.ask(`/api/accounts/${id}/plays`, "POST", body);
    const view = (await answer.json()) as AccountPlaysView & { readonly message?: string };
    return { status: answer.status, view, message: view.message };
  }
});
