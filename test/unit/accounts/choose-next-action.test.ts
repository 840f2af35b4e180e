import { describe, expect, it } from "@jest/globals";
import type { CommitteePersonView } from "@touchstone/shared/committee-api.ts";
import type { HotRoute } from "@touchstone/shared/hot-api.ts";
import { chooseNextAction, type NextActionFacts } from "../../../server/accounts/choose-next-action.ts";

const now = Date.UTC(2026, 10, 20, 9);
const hour = 3_600_000;

const person = (name: string, parts: Partial<CommitteePersonView> = {}): CommitteePersonView => ({
  personId: name,
  name,
  title: null,
  seniority: null,
  roles: [],
  canonicalRoles: [],
  rolesFrom: [],
  suggestions: [],
  answers: {},
  answersNote: "",
  level: 3,
  levelReason: "",
  influence: null,
  sentiment: null,
  lastTouchAt: null,
  engagedAt: now - hour,
  buyingSignal: null,
  gone: null,
  ...parts,
});

const account: NextActionFacts["account"] = {
  state: "scored",
  headline: "",
  reason: "",
  hot: null,
  cold: null,
  actions: [],
  place: null,
};
const quiet: NextActionFacts = {
  account,
  people: [],
  missingRoles: [],
  plays: [],
  openQuestions: 0,
  gate: "a deal is opened",
};
const hot = { reason: "Somebody asked for a demo.", route: "sales" as HotRoute, dueAt: now + 17 * hour, missed: false };
const call = { key: "call", label: "Call", due: true, reason: "5 points, from 4 on" };
const handOff = { key: "handoff", label: "Hand off to sales", due: true, reason: "6 points, from 6 on" };
const play = {
  playId: "p",
  name: "Autumn",
  state: "Running",
  enrolledAt: now,
  progress: "",
  next: [{ step: 0, text: "Phone: Call", dueAt: now - 3 * hour, isDue: true }],
};

const choose = (facts: Partial<NextActionFacts>) => chooseNextAction({ ...quiet, ...facts }, now);

describe("the next action", () => {
  it("is none for an excluded account, whatever else there is", () => {
    const excluded = { ...account, state: "excluded", hot } as const;
    expect(choose({ account: excluded, plays: [play] })).toMatchObject({ text: "Leave it alone", opens: null });
  });

  it("is the outreach while the clock runs, to the one who came furthest, can be reached and is no blocker", () => {
    const people = [
      person("Bo Block", { canonicalRoles: ["blocker"] }),
      person("Gus Gone", { gone: "departed" }),
      person("Ana Ruiz", { title: "CTO" }),
    ];
    expect(choose({ account: { ...account, hot, actions: [call] }, people, plays: [play] })).toMatchObject({
      text: "Reach out to Ana Ruiz, CTO",
      timeLeft: "17 h left",
      late: false,
    });
    const missed = { ...hot, dueAt: now - 2 * hour, missed: true };
    expect(choose({ account: { ...account, hot: missed } })).toMatchObject({
      text: "Reach out to somebody there",
      timeLeft: "2 h over",
      late: true,
    });
  });

  it("is the step of a play that is due, before what readiness asks for", () => {
    const facts = { account: { ...account, actions: [call] }, plays: [play] };
    expect(choose(facts)).toMatchObject({ text: "Phone: Call", timeLeft: "due now", late: false });
    expect(choose(facts).opens).toMatchObject({ panel: "plays" });
    const old = { ...play, next: play.next.map((touch) => ({ ...touch, dueAt: now - 30 * hour })) };
    expect(choose({ ...facts, plays: [old] })).toMatchObject({ timeLeft: "30 h over", late: true });
    const ahead = { ...play, next: play.next.map((touch) => ({ ...touch, isDue: false })) };
    expect(choose({ ...facts, plays: [ahead] }).text).toBe("Call: somebody there");
  });

  it.each<[HotRoute, string]>([
    ["map", "Reach out to Ana Ruiz and find the buying group"],
    ["nurture", "Answer Ana Ruiz and keep nurturing"],
    ["hold", "Answer Ana Ruiz or say why not"],
  ])("is what the route %s of a hot account asks for (row 79)", (route, text) => {
    expect(choose({ account: { ...account, hot: { ...hot, route } }, people: [person("Ana Ruiz")] }).text).toBe(text);
  });

  it("is the furthest action of readiness that is due", () => {
    const actions = [call, handOff, { ...handOff, key: "opportunity_expected", due: false }];
    expect(choose({ account: { ...account, actions }, people: [person("Ana Ruiz")] }).text).toBe(
      "Hand off to sales: Ana Ruiz",
    );
  });

  it("is the decision about an account that has gone cold, before looking for roles", () => {
    const cold = { text: "Engagement has been below 20 % for 31 days.", since: now };
    expect(choose({ account: { ...account, cold }, missingRoles: ["Champion"], people: [person("A")] })).toMatchObject({
      text: "Decide how to go on",
      why: cold.text,
    });
  });

  it("is finding a missing role only where somebody engaged or a place is held, else the open questions", () => {
    const facts = { missingRoles: ["Economic buyer"], openQuestions: 1 };
    expect(choose({ ...facts, people: [person("A")] }).text).toBe("Find the economic buyer");
    expect(choose({ ...facts, people: [person("A", { level: 0 })] }).text).toBe("Answer 1 question");
  });

  it("is to keep nurturing when nothing waits, with what the stage waits for", () => {
    expect(choose({})).toMatchObject({
      text: "Keep nurturing",
      why: "Nothing is due. It moves on when a deal is opened.",
      opens: null,
    });
  });
});
