import { describe, expect, it } from "@jest/globals";
import { asAccountId } from "@touchstone/shared/ids.ts";
import { createPreviewTally } from "../../../server/models/preview-tally.ts";
import { compileModel } from "../../../server/scoring/compile-model.ts";
import { loadTemplate } from "../../../server/scoring/load-template.ts";
import { orderSnapshot } from "../../../server/scoring/order-snapshot.ts";
import { type ScoreTotals, scoreTotals } from "../../../server/scoring/score-totals.ts";
import { buildSnapshot, now } from "../scoring/build-snapshot.ts";

const readiness = loadTemplate("readiness-10");
if (!readiness) throw new Error("the template readiness-10 is missing");
const totals = scoreTotals(orderSnapshot(buildSnapshot({})), compileModel(readiness), now);
const withScore = (score: number, icp: "passed" | "failed" = "passed"): ScoreTotals => ({
  ...totals,
  score,
  gates: totals.gates.map((gate) => ({ ...gate, state: icp })),
});

function countNewHot(
  rule: { readinessFrom: number; gate: string | null },
  after: ScoreTotals,
  isExcluded = false,
): number | undefined {
  if (!readiness) return undefined;
  const tally = createPreviewTally(readiness, readiness, { hot: { ...hotRule, ...rule }, tierCaps: [] });
  const snapshot = buildSnapshot({ accountId: asAccountId("7") });
  tally.add(snapshot, withScore(0), after, () => isExcluded);
  return tally.result().newHot?.accounts;
}

const hotRule = { behaviours: [], behaviourDays: 7, targetTiers: [], rearmDays: 14, clockHours: 24 };

describe("who is newly hot", () => {
  it("has the points of the portal's rule", () => {
    expect(countNewHot({ readinessFrom: 6, gate: "icp" }, withScore(6))).toBe(1);
    expect(countNewHot({ readinessFrom: 7, gate: "icp" }, withScore(6))).toBe(0);
    expect(countNewHot({ readinessFrom: 3, gate: "icp" }, withScore(3))).toBe(1);
  });

  it("passes the rule's gate, or needs none", () => {
    expect(countNewHot({ readinessFrom: 6, gate: "icp" }, withScore(6, "failed"))).toBe(0);
    expect(countNewHot({ readinessFrom: 6, gate: null }, withScore(6, "failed"))).toBe(1);
    expect(countNewHot({ readinessFrom: 6, gate: "a_gate_that_is_gone" }, withScore(6))).toBe(0);
  });

  it("is nobody whom the priority model excludes", () => {
    expect(countNewHot({ readinessFrom: 6, gate: "icp" }, withScore(6), true)).toBe(0);
  });
});
