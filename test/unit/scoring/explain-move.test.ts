import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type CompiledModel, compileModel } from "../../../server/scoring/compile-model.ts";
import { explainChange } from "../../../server/scoring/explain-change.ts";
import { type Decision, explainMove } from "../../../server/scoring/explain-move.ts";
import { templateKeys } from "../../../server/scoring/load-template.ts";
import { orderSnapshot } from "../../../server/scoring/order-snapshot.ts";
import { recordScore } from "../../../server/scoring/record-score.ts";
import { writeLedger } from "../../../server/scoring/write-ledger.ts";
import { day, now } from "./build-snapshot.ts";
import { snapshots } from "./random-snapshots.ts";
import { template } from "./score-with.ts";

const models = templateKeys.map((key) => compileModel(template(key)));
const nextVersions = templateKeys.map((key) => compileModel({ ...template(key), version: 99 }));

const decide = (snapshot: Parameters<typeof orderSnapshot>[0], compiled: CompiledModel, at: number): Decision => {
  const ordered = orderSnapshot(snapshot);
  return { record: recordScore(ordered, compiled, at), ordered, compiled };
};
const inFull = ({ record, ordered, compiled }: Decision) => writeLedger(record, ordered, compiled);

describe("a move that is explained from two records", () => {
  it("says what the two whole ledgers say, whatever changed and whichever account is excluded", () => {
    const places = fc.nat({ max: models.length - 1 });
    fc.assert(
      fc.property(snapshots, snapshots, places, fc.boolean(), fc.nat({ max: 60 }), (one, other, place, newer, days) => {
        const [model, next] = [models[place], newer ? nextVersions[place] : models[place]];
        if (!model || !next) throw new Error("there is no model");
        const before = decide(one, model, now);
        const after = decide(other, next, now + days * day);
        expect(explainMove(before, after)).toEqual(explainChange(inFull(before), inFull(after)));
      }),
      { numRuns: 300 },
    );
  });
});
