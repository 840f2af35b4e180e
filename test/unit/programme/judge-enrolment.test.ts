import { describe, expect, it } from "@jest/globals";
import { playSchema } from "@touchstone/shared/play-shape.ts";
import { judgeEnrolment } from "../../../server/programme/plays/judge-enrolment.ts";

const dayMs = 86_400_000;
const now = Date.UTC(2026, 8, 1);
const quiet = {
  startAt: now - 10 * dayMs,
  isHandedOver: false,
  people: 0,
  isHot: false,
  hasOpenDeal: false,
  hasWonDeal: false,
};
const play = (parts: { when?: object | null; exit?: object }) =>
  playSchema.parse({
    name: "Play",
    tier: "tier_1",
    steps: [],
    handoff: { trigger: "as agreed", responseHours: 24, ...(parts.when !== undefined && { when: parts.when }) },
    ...(parts.exit && { exit: parts.exit }),
  });

describe("An account in a play", () => {
  it.each([
    [1, null],
    [2, { move: "hand over", why: "2 people have engaged." }],
  ])("with %s engaged people of 2 is judged %j", (people, verdict) => {
    expect(judgeEnrolment(play({ when: { people: 2, hot: false } }), { ...quiet, people }, now)).toEqual(verdict);
  });

  it("is handed over when it is hot, if the play says so, and once", () => {
    const hot = { ...quiet, isHot: true };
    const when = { people: null, hot: true };
    expect(judgeEnrolment(play({ when }), hot, now)).toEqual({ move: "hand over", why: "The account is hot." });
    expect(judgeEnrolment(play({ when }), { ...hot, isHandedOver: true }, now)).toBeNull();
    expect(judgeEnrolment(play({ when: { people: null, hot: false } }), hot, now)).toBeNull();
    expect(judgeEnrolment(play({}), { ...hot, people: 50, hasOpenDeal: true, hasWonDeal: true }, now)).toBeNull();
  });

  it("leaves at the last of its days, not before", () => {
    const after = play({ exit: { afterDays: 84 } });
    const since = (ms: number) => judgeEnrolment(after, { ...quiet, startAt: now - ms }, now);
    expect(since(84 * dayMs - 1)).toBeNull();
    expect(since(84 * dayMs)).toEqual({ move: "leave", why: "It has been in the play for 84 days." });
  });

  it("leaves by a deal as the play says, before it is handed over", () => {
    const when = { people: 1, hot: false };
    const [byOpen, byWon] = [play({ when, exit: { deal: "open" } }), play({ when, exit: { deal: "won" } })];
    const open = { ...quiet, people: 1, hasOpenDeal: true };
    expect(judgeEnrolment(byOpen, open, now)).toEqual({ move: "leave", why: "A deal is open." });
    expect(judgeEnrolment(byWon, open, now)).toMatchObject({ move: "hand over", why: "1 person has engaged." });
    expect(judgeEnrolment(byWon, { ...open, hasWonDeal: true }, now)).toEqual({ move: "leave", why: "A deal is won." });
  });
});
