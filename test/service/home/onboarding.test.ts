import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { OnboardingView } from "@touchstone/shared/home-api.ts";
import { type ClockedWorld, startClockedWorld } from "../../support/clocked-world.ts";
import { companyIdAt, plainPortal } from "../../support/plain-portal.ts";

const startAt = Date.UTC(2026, 10, 3, 9);

describe("The onboarding checklist", () => {
  let world: ClockedWorld;
  beforeAll(async () => {
    world = await startClockedWorld(
      plainPortal({ portalId: 4714, companies: 3, peopleEach: 1, nowAt: startAt }),
      startAt,
    );
    await world.install();
    await world.settled();
  });
  afterAll(() => world.stop());

  it("finds out by itself what is done, and leaves open what a person must do", async () => {
    const view = await read();
    expect(view.steps.filter(({ state }) => state === "done").map(({ key }) => key)).toEqual([
      "connected",
      "read",
      "scored",
    ]);
    expect(step(view, "scored")?.text).toBe("3 of 3 are scored, and HubSpot holds the results of 3.");
    expect(step(view, "company-card")).toMatchObject({ state: "open", byHand: true });
    expect(view.summary).toBe(`3 of ${view.total} done`);
  });

  it("sees a filled list and what sales looked at", async () => {
    await world.ask("/api/list/add", "POST", { source: "sales", accounts: [companyIdAt(0), companyIdAt(1)] });
    await world.ask(`/api/accounts/${companyIdAt(0)}/review`, "POST", { verdict: "keep" });
    // Whoever came onto the list is scored again, and the figures of the checklist move meanwhile.
    await world.settled();
    const view = await read();
    expect([step(view, "list")?.state, step(view, "review")?.state]).toEqual(["done", "under way"]);
    expect(step(view, "review")?.text).toBe("Looked at: 1 of 2.");
  });

  it("keeps what a person says is done, once however often it is said, and takes it back", async () => {
    const first = await tick({ step: "deal-card", done: true });
    expect(step(first, "deal-card")?.state).toBe("done");
    expect(await tick({ step: "deal-card", done: true })).toEqual(first);
    await tick({ step: "team", done: true });
    const back = await tick({ step: "deal-card", done: false });
    expect([step(back, "deal-card")?.state, step(back, "team")?.state]).toEqual(["open", "done"]);
  });

  it("lets a person keep the model and the tiers that ship, and then sees the tiers of this account by itself", async () => {
    expect(step(await read(), "tiers")).toMatchObject({ state: "open", byHand: true });
    await tick({ step: "model", done: true });
    const kept = await tick({ step: "tiers", done: true });
    expect([step(kept, "model")?.state, step(kept, "tiers")?.state]).toEqual(["done", "done"]);
    await tick({ step: "tiers", done: false });
    await world.ask("/api/tiers/programme", "POST", { template: "score-bands" });
    expect(step(await read(), "tiers")).toMatchObject({ state: "done", byHand: false });
  });

  it("takes no step that it finds out by itself", async () => {
    const answer = await world.ask("/api/home/onboarding", "POST", { step: "scored", done: true });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ message: expect.stringContaining("Nothing was changed.") });
  });

  const read = async () => (await (await world.ask("/api/home/onboarding")).json()) as OnboardingView;
  const tick = async (body: object) =>
    (await (await world.ask("/api/home/onboarding", "POST", body)).json()) as OnboardingView;
});

const step = (view: OnboardingView, key: string) => view.steps.find((one) => one.key === key);
