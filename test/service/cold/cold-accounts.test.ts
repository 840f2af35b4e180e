import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { ColdAccountView, ColdListView, ColdRuleView } from "@touchstone/shared/cold-api.ts";
import type { EnrolmentsView, PlayView } from "@touchstone/shared/plays-api.ts";
import { type ClockedWorld, startClockedWorld } from "../../support/clocked-world.ts";
import { companyIdAt, personIdAt, plainPortal } from "../../support/plain-portal.ts";

const dayMs = 86_400_000;
const startAt = Date.UTC(2026, 2, 2, 9);
const [company, other] = [companyIdAt(0), companyIdAt(1)];
const step = { day: 200, channel: "phone", side: "sales", role: null, what: "Call", personalisation: "contextual" };

describe("An account that was engaged", () => {
  let world: ClockedWorld;
  beforeEach(async () => {
    world = await startClockedWorld(
      plainPortal({ portalId: 4711, companies: 3, peopleEach: 1, nowAt: startAt }),
      startAt,
    );
    for (const id of [0, 1]) {
      world.crm.update("contacts", personIdAt(id), { jobtitle: "VP Operations", ...opened(startAt) });
    }
    await world.install();
    await world.ask("/api/list/add", "POST", { source: "sales", accounts: [company] });
  });
  afterEach(() => world.stop());

  it("is asked about after 30 days below the line, in its card and in the list, until somebody answers (row 84)", async () => {
    await fallCold();
    world.step(30 * dayMs - 3_600_000);
    expect((await list()).accounts).toEqual([]);
    expect((await world.view(company)).cold).toBeNull();
    world.step(3_600_000);
    const text = expect.stringContaining("below 20 % for 30 days: pause what runs, change the message, or keep going");
    expect((await world.view(company)).cold).toEqual({ text, since: expect.any(Number) });
    // The other one is as cold, and nobody works it.
    expect((await list()).accounts).toMatchObject([{ companyId: company, days: 30, prompt: text, answers: [] }]);
    expect((await world.view(other)).cold).toBeNull();
    const body = { answer: "change", note: "Two mails about cost; now their audit" };
    const first = await answer(body);
    expect(first).toMatchObject({ prompt: null, answers: [{ label: "Change the message", note: body.note, by: "1" }] });
    world.step(1_000);
    expect(await answer(body)).toEqual(first);
    expect((await world.view(company)).cold).toBeNull();
    world.step(30 * dayMs);
    expect((await world.view(company)).cold?.text).toContain("for 60 days");
    expect((await answer(body))?.answers).toHaveLength(2);
  });

  it("is asked about no more when somebody engages again", async () => {
    await fallCold();
    world.step(31 * dayMs);
    expect((await world.view(company)).cold).not.toBeNull();
    world.crm.update("contacts", personIdAt(0), opened(world.now()));
    await world.until("it is warm again", async () => (await world.view(company)).cold === null);
    const refused = await world.ask(`/api/accounts/${company}/cold`, "POST", { answer: "keep", note: "all is well" });
    expect(await refused.text()).toContain("This account is not cold: there is nothing to decide.");
  });

  it("rests in its plays when somebody says pause", async () => {
    const play = { name: "Play", tier: "tier_1", steps: [step], handoff: { trigger: "a reply", responseHours: 24 } };
    const made = await world.ask("/api/plays", "POST", { requestId: "cold-play-1", play });
    const path = `/api/plays/${((await made.json()) as PlayView).playId}`;
    await world.ask(`${path}/approve`, "POST", {});
    await world.ask(`${path}/launch`, "POST", {});
    await world.ask(`${path}/accounts`, "POST", { companyIds: [company, other] });
    await fallCold();
    world.step(31 * dayMs);
    expect(await cold(company)).toMatchObject({ plays: ["Play"] });
    await answer({ answer: "pause", note: "Until their new budget" });
    const { accounts } = (await (await world.ask(`${path}/accounts`)).json()) as EnrolmentsView;
    expect(accounts).toMatchObject([
      { companyId: company, status: "paused", statusBy: "1", statusWhy: "Until their new budget" },
      { companyId: other, status: "active" },
    ]);
  });

  it("keeps its question and the answers when its company is merged into another", async () => {
    await fallCold();
    world.step(31 * dayMs);
    await answer({ answer: "keep", note: "They are in a merger" });
    const merged = world.crm.merge("companies", company, companyIdAt(2));
    await world.settled();
    expect((await cold(merged))?.answers).toMatchObject([{ answer: "keep", note: "They are in a merger" }]);
  });

  it("follows the portal's own rule, and refuses answers without a note", async () => {
    const { rule, version } = (await (await world.ask("/api/cold/rule")).json()) as ColdRuleView;
    expect({ rule, version }).toEqual({
      rule: { axis: "engagement", belowPercent: 20, days: 30, askAgainDays: 30 },
      version: 0,
    });
    const changed = { rule: { ...rule, days: 7 }, version };
    for (let times = 0; times < 2; times++)
      expect((await world.ask("/api/cold/rule", "POST", changed)).status).toBe(200);
    expect((await world.ask("/api/cold/rule", "POST", { rule, version })).status).toBe(409);
    await fallCold();
    world.step(7 * dayMs);
    expect((await list()).accounts).toMatchObject([{ companyId: company, days: 7 }]);
    for (const body of [{ answer: "keep" }, { answer: "keep", note: " " }, { answer: "stop", note: "enough" }])
      expect((await world.ask(`/api/accounts/${company}/cold`, "POST", body)).status).toBe(400);
  });

  const opened = (at: number) => ({ hs_email_last_open_date: new Date(at).toISOString() });

  /** The window of 90 days closes by time alone. */
  async function fallCold(): Promise<void> {
    const before = (await world.view(company)).scoredAt ?? 0;
    world.step(91 * dayMs);
    await world.until("both are scored again", async () => {
      const views = [await world.view(company), await world.view(other)];
      return views.every((view) => (view.scoredAt ?? 0) > before + 90 * dayMs);
    });
  }

  const list = async () => (await (await world.ask("/api/cold")).json()) as ColdListView;

  async function cold(companyId: string): Promise<ColdAccountView | null> {
    return ((await (await world.ask(`/api/accounts/${companyId}/cold`)).json()) as { cold: ColdAccountView | null })
      .cold;
  }

  async function answer(body: object): Promise<ColdAccountView | null> {
    const response = await world.ask(`/api/accounts/${company}/cold`, "POST", body);
    if (!response.ok) throw new Error(`answered ${response.status}: ${await response.text()}`);
    return ((await response.json()) as { cold: ColdAccountView | null }).cold;
  }
});
