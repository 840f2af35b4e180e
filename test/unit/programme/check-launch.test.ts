import { expect, it } from "@jest/globals";
import { playSchema } from "@touchstone/shared/play-shape.ts";
import { checkLaunch } from "../../../server/programme/plays/check-launch.ts";

const step = { day: 0, channel: "phone", side: "sales", role: null, what: "Call", personalisation: "surface" } as const;

/** A play with one shallow step of sales, in a portal whose tiers are those of `flagship-core-expansion`. */
function personalisationIn(tier: string) {
  const play = playSchema.parse({ name: "Wave", tier, steps: [step], handoff: null });
  const tiers = [
    { key: "flagship", name: "Flagship" },
    { key: "core", name: "Core" },
  ];
  const facts = {
    play,
    tiers,
    playId: "p",
    approvedBy: "77",
    launchedThisMonth: [],
    month: "2026-11",
    reviewed: 0,
    kept: 0,
  };
  return checkLaunch(facts).find(({ key }) => key === "personalisation");
}

it("asks for more than the surface in the highest tier, whatever it is called (row 90)", () => {
  expect(personalisationIn("flagship")).toMatchObject({
    passed: false,
    text: "A step of sales for Flagship must be at least contextual.",
  });
  expect(personalisationIn("core")?.passed).toBe(true);
  expect(personalisationIn("tier_1")?.passed).toBe(true);
});
