import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { WeekView } from "@touchstone/shared/home-api.ts";
import type { PlayView } from "@touchstone/shared/plays-api.ts";
import { type ClockedWorld, startClockedWorld } from "../../support/clocked-world.ts";
import { companyIdAt, personIdAt, plainPortal } from "../../support/plain-portal.ts";

const dayMs = 86_400_000;
const startAt = Date.UTC(2026, 10, 3, 9);
const [first, second] = [companyIdAt(0), companyIdAt(1)];

describe("The agenda of the weekly meeting", () => {
  let world: ClockedWorld;
  let playId = "";
  beforeAll(async () => {
    world = await startClockedWorld(
      plainPortal({ portalId: 4713, companies: 3, peopleEach: 2, nowAt: startAt }),
      startAt,
    );
    await world.install();
    world.crm.update("companies", second, { hs_is_target_account: "true" });
    await post("/api/list/add", { source: "firmographic", accounts: [first, second] });
  });
  afterAll(() => world.stop());

  it("has three empty lists that say so, and every tier free for a play", async () => {
    const view = await week();
    expect(view.period).toBe("27 Oct 2026 to 3 Nov 2026, compared with the 7 days before");
    expect([view.engaged.title, view.running.title, view.toPause.title]).toEqual([
      "Engaged: 0 accounts",
      "Running: 0 plays",
      "To decide: 0",
    ]);
    expect([view.engaged.lines, view.running.lines, view.toPause.lines]).toEqual([[], [], []]);
    expect(view.figures.find(({ label }) => label.startsWith("Hot"))?.value).toBe("n/a (0 of 0)");
    expect(view.guard.map(({ free }) => free)).toEqual([true, true, true]);
  });

  it("counts the people of the programme's accounts who engaged, against the week before", async () => {
    opened(0, -10 * dayMs);
    opened(2, -9 * dayMs);
    await read("both weeks before", (view) => view.figures[0]?.change === "2 fewer than the week before");
    opened(0, -dayMs);
    opened(1, -2 * dayMs);
    // Not of the programme.
    opened(4, -dayMs);
    const view = await read("this week", ({ engaged }) => engaged.lines[0]?.people.startsWith("2 people") === true);
    expect(view.engaged.title).toBe("Engaged: 1 account");
    expect(view.engaged.lines[0]).toMatchObject({
      companyId: first,
      company: "Company 0",
      people: "2 people, 1 more than the week before",
      recordUrl: `https://app.hubspot.com/contacts/4713/record/0-2/${first}`,
    });
    expect(view.engaged.lines[0]?.score).toMatch(/new this week$/);
    expect(view.figures[0]).toEqual({
      label: "Accounts engaged",
      value: "1",
      change: "1 fewer than the week before",
      direction: "down",
    });
  });

  it("lists the plays that run with what they brought, and the tier that has had its play", async () => {
    playId = await launch();
    await post(`/api/plays/${playId}/accounts`, { companyIds: [first, second] });
    world.step(dayMs);
    opened(3, 0);
    await post(`/api/plays/${playId}/touches`, { companyId: first, step: 0, status: "done" });
    const view = await read("the play engaged", ({ running }) => running.lines[0]?.engaged.startsWith("1 of") === true);
    expect(view.running).toMatchObject({
      title: "Running: 1 play",
      lines: [
        {
          playId,
          name: "Autumn wave",
          tier: "Tier 2",
          progress: "Day 1 of 77",
          engaged: "1 of 2 accounts, 1 more than the week before",
          touches: "1, 1 more than the week before",
        },
      ],
    });
    expect(view.guard[1]).toEqual({
      tier: "Tier 2",
      free: false,
      text: "Tier 2 has had its play of November 2026: Autumn wave.",
    });
  });

  it("says by how much a score moved since the week began", async () => {
    world.step(6 * dayMs);
    world.crm.update("contacts", personIdAt(2), {
      recent_conversion_event_name: "Demo request",
      recent_conversion_date: new Date(world.now()).toISOString(),
    });
    const view = await read("a change", ({ engaged }) => engaged.lines.some(({ score }) => score.includes("up")));
    const now = (await world.view(second)).priority?.score ?? 0;
    expect(view.engaged.lines).toMatchObject([{ companyId: second, score: `${now}, up ${now - 3}` }]);
  });

  it("counts the clocks that ended this week, and those that a person answered in time (metric 11)", async () => {
    const followUp = (view: WeekView) => view.figures.find(({ label }) => label === "Hot accounts reached in time");
    await world.until("the clock runs", async () => (await world.view(second)).hot !== null);
    const links = [{ type: "companies", id: second }] as const;
    const hs_timestamp = new Date(world.now()).toISOString();
    world.crm.create("calls", { hs_timestamp, hs_call_direction: "OUTBOUND", hs_call_status: "COMPLETED" }, [...links]);
    await world.until("the clock stops", async () => (await world.view(second)).hot === null);
    expect(followUp(await week())?.value).toBe("n/a (0 of 0)");
    world.step(2 * dayMs);
    expect(followUp(await week())).toEqual({
      label: "Hot accounts reached in time",
      value: "1 of 1 (100 %, 95 % interval 21–100 %)",
      change: "n/a (0 of 0) the week before",
      direction: "up",
    });
  });

  it("asks about a play that ran over 90 days without an engaged account, with what to try instead (T22)", async () => {
    const other = await launch("Tier 3 wave", "tier_3");
    world.step(91 * dayMs);
    const view = await week();
    expect(view.toPause.lines.find(({ key }) => key === other)).toMatchObject({
      company: null,
      name: "Tier 3 wave",
      why: "Retire it: 91 days, and not one account has engaged.",
      detail: "Try another channel. Try another angle. Try another offer.",
    });
    expect(view.toPause.lines.some(({ key }) => key === playId)).toBe(false);
    expect(view.running.lines.find((line) => line.playId === playId)?.progress).toBe("Day 100, 23 past its last step");
  });

  const week = async () => (await (await world.ask("/api/home/week")).json()) as WeekView;
  async function read(what: string, holds: (view: WeekView) => boolean): Promise<WeekView> {
    await world.until(what, async () => holds(await week()));
    return week();
  }
  async function post<T>(path: string, body: object): Promise<T> {
    const answer = await world.ask(path, "POST", body);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }
  const opened = (person: number, ms: number) =>
    world.crm.update("contacts", personIdAt(person), {
      hs_email_last_open_date: new Date(world.now() + ms).toISOString(),
    });
  async function launch(name = "Autumn wave", tier = "tier_2"): Promise<string> {
    const play = { name, tier, handoff: { trigger: "A reply", responseHours: 4 } };
    const made = await post<PlayView>("/api/plays", { requestId: `request-${tier}`, template: "12-week", play });
    await post(`/api/plays/${made.playId}/approve`, {});
    await post(`/api/plays/${made.playId}/launch`, {});
    return made.playId;
  }
});
