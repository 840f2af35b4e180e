import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { compileModel } from "../../../server/scoring/compile-model.ts";
import { explainScore } from "../../../server/scoring/explain-score.ts";
import { orderSnapshot } from "../../../server/scoring/order-snapshot.ts";
import { recordScore } from "../../../server/scoring/record-score.ts";
import { scoreAccount } from "../../../server/scoring/score-account.ts";
import type { ScoreRecord } from "../../../server/scoring/score-record.ts";
import { writeEarned, writeLedger } from "../../../server/scoring/write-ledger.ts";
import { buildSnapshot, now } from "./build-snapshot.ts";
import { goldenAccounts } from "./golden-accounts.ts";
import { models, snapshots } from "./random-snapshots.ts";
import { template } from "./score-with.ts";

const compiled = models.map(compileModel);
const modelsAndSnapshots = [fc.constantFrom(...compiled), snapshots] as const;
const stored = (record: ScoreRecord): ScoreRecord => JSON.parse(JSON.stringify(record));

describe("the record of a score", () => {
  it("gives the ledger in words after it was stored as JSON, with the stored snapshot, by a model compiled anew", () => {
    fc.assert(
      fc.property(...modelsAndSnapshots, ({ model }, snapshot) => {
        const record = stored(recordScore(orderSnapshot(snapshot), compileModel(model), now));
        const kept = orderSnapshot(JSON.parse(JSON.stringify(snapshot)));
        expect(writeLedger(record, kept, compileModel(model))).toEqual(
          scoreAccount(snapshot, compileModel(model), now),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("words the lines that earned points one by one, as the whole ledger has them, most first", () => {
    fc.assert(
      fc.property(...modelsAndSnapshots, (model, snapshot) => {
        const ordered = orderSnapshot(snapshot);
        const record = recordScore(ordered, model, now);
        const score = writeLedger(record, ordered, model);
        expect([...writeEarned(record, ordered, model)]).toEqual(explainScore(score, score.lines.length).up);
      }),
    );
  });

  it("holds points that add up to the score by its one rounding", () => {
    fc.assert(
      fc.property(...modelsAndSnapshots, (model, snapshot) => {
        const { score, earned, lines, axes } = recordScore(orderSnapshot(snapshot), model, now);
        const sum = lines.reduce((total, [points = 0]) => total + Math.max(points, 0), 0);
        expect(earned).toBe(sum);
        expect(axes.reduce((total, axis) => total + axis, 0)).toBe(sum);
        expect(score).toBe(score === null ? null : Math.round(sum / 100) * 100);
      }),
      { numRuns: 300 },
    );
  });

  it("does not depend on what was scored before", () => {
    fc.assert(
      fc.property(...modelsAndSnapshots, snapshots, (model, snapshot, other) => {
        const record = recordScore(orderSnapshot(snapshot), model, now);
        const bytes = JSON.stringify(record);
        recordScore(orderSnapshot(other), model, now);
        expect(JSON.stringify(record)).toBe(bytes);
        expect(JSON.stringify(recordScore(orderSnapshot(snapshot), model, now))).toBe(bytes);
      }),
      { numRuns: 300 },
    );
  });

  it("keeps no words, and stays under 1 kB for every account and template of the golden file", () => {
    for (const account of goldenAccounts) {
      for (const model of compiled) {
        const text = JSON.stringify(recordScore(orderSnapshot(account), model, now));
        expect([...text.matchAll(/"([^"]+)":?/g)].filter(([, word]) => word?.includes(" "))).toEqual([]);
        expect(text.length).toBeLessThan(1024);
      }
    }
  });

  it("is not read with another version of its model", () => {
    const account = orderSnapshot(buildSnapshot());
    const model = template("playbook-100");
    const record = recordScore(account, compileModel(model), now);
    expect(() => writeLedger(record, account, compileModel({ ...model, version: model.version + 1 }))).toThrow(
      `a score by playbook-100 version ${model.version} cannot be read with playbook-100 version ${model.version + 1}`,
    );
  });
});
