import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { CommitteeCardView, PersonCardView } from "@touchstone/shared/record-cards-api.ts";
import { type ClockedWorld, startClockedWorld } from "../../support/clocked-world.ts";
import { companyIdAt, personIdAt, plainPortal } from "../../support/plain-portal.ts";

const startAt = Date.UTC(2026, 10, 3, 9);
const company = companyIdAt(0);
const [ana, ben] = [personIdAt(0), personIdAt(1)];

describe("What the contact card asks", () => {
  let world: ClockedWorld;
  beforeAll(async () => {
    world = await startClockedWorld(
      plainPortal({ portalId: 4711, companies: 2, peopleEach: 2, nowAt: startAt }),
      startAt,
    );
    await world.install();
  });
  afterAll(() => world.stop());

  it("finds the person's company, and says what to do before there is anything to say", async () => {
    const view = await card(ana);
    expect(view).toMatchObject({
      state: "member",
      account: { companyId: company, name: "Company 0", state: "scored", provisional: true },
      part: { roles: [], level: 0 },
      levelText: "Nothing seen yet",
      stage: { stage: "awareness" },
      message: null,
      messageGap: "Give this person a role to see what to say to them.",
      evidence: [],
    });
    expect(view.form[0]?.options.map(({ value }) => value)).toContain("economic_buyer");
  });

  it("shows level, message for role and stage, and dated evidence once the person acts and has a role", async () => {
    const at = new Date(world.now()).toISOString();
    world.crm.update("contacts", ana, {
      firstname: "Ana",
      lastname: "Ruiz",
      jobtitle: "CTO",
      recent_conversion_event_name: "Demo request",
      recent_conversion_date: at,
    });
    await world.until("the demo request is seen", async () => (await card(ana)).part?.level === 4);
    const answer = await world.ask(`/api/accounts/${company}/committee/people`, "POST", {
      personId: ana,
      roles: ["economic_buyer"],
    });
    const committee = (await answer.json()) as CommitteeCardView;
    expect(committee.people[0]).toMatchObject({ personId: ana, message: expect.stringContaining("business case") });
    const view = await card(ana);
    expect(view).toMatchObject({
      name: "Ana Ruiz",
      levelText: "Level 4 of 5: Evaluating",
      part: { roles: [{ key: "economic_buyer" }] },
      message: "ROI calculators; business case templates",
      messageGap: null,
    });
    expect(view.evidence[0]).toEqual({ text: expect.stringMatching(/^Asked for a demo/), at: Date.parse(at) });
  });

  it("names the primary company first and the others beside it", async () => {
    world.crm.associate({ type: "contacts", id: ben }, { type: "companies", id: companyIdAt(1) }, true);
    await world.until("the new company leads", async () => (await card(ben)).account?.companyId === companyIdAt(1));
    expect((await card(ben)).alsoAt).toEqual(["Company 0"]);
  });

  it("knows a merged person by either id", async () => {
    const other = personIdAt(2);
    const merged = world.crm.merge("contacts", ana, other);
    await world.until("the merge is seen", async () => (await card(other)).personId === merged);
    expect((await card(ana)).name).toBe("Ana Ruiz");
  });

  it("says of somebody without a company, or not read yet, what that means", async () => {
    const alone = world.crm.create("contacts", { firstname: "Solo" });
    await world.until("the person is read", async () => (await card(alone)).state === "alone");
    expect((await card(alone)).note).toContain("belongs to no company");
    expect(await card("999")).toMatchObject({ state: "waiting", account: null, part: null });
    expect((await world.ask("/api/people/abc")).status).toBe(404);
  });

  it("answers nothing of another portal's people", async () => {
    const answer = await world.standIn.hubspotFetch(
      4712,
      { userId: 1, email: "a@example.com" },
      { url: `${world.server.ctx.config.http.publicUrl}/api/people/${ana}`, method: "GET" },
    );
    expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining("not connected")]);
  });

  const card = async (id: string) => (await (await world.ask(`/api/people/${id}`)).json()) as PersonCardView;
});
