import { describe, expect, it } from "@jest/globals";
import { defaultColdRule } from "@touchstone/shared/cold-rule.ts";
import { defaultHotRule } from "@touchstone/shared/hot-rule.ts";
import fc from "fast-check";
import { reasonOf } from "../../../server/accounts/reason-of.ts";
import { scoreOf } from "../../../server/accounts/score-of.ts";
import { toOutput } from "../../../server/accounts/to-output.ts";
import type { CompiledModel } from "../../../server/scoring/compile-model.ts";
import { compileModel } from "../../../server/scoring/compile-model.ts";
import { createModelShelf } from "../../../server/scoring/create-model-shelf.ts";
import { explainChange } from "../../../server/scoring/explain-change.ts";
import { isWarm } from "../../../server/scoring/judge-cold.ts";
import { judgeHot } from "../../../server/scoring/judge-hot.ts";
import { unpackProof } from "../../../server/scoring/pack-proof.ts";
import { scoreAccount } from "../../../server/scoring/score-account.ts";
import { now, techCorp } from "../scoring/build-snapshot.ts";
import { snapshots } from "../scoring/random-snapshots.ts";
import { template } from "../scoring/score-with.ts";

const [priority, readiness] = [compileModel(template("playbook-100")), compileModel(template("readiness-10"))];
const models = { priority, readiness, versions: createModelShelf(async () => null, [priority, readiness]) };
const rules = { hot: defaultHotRule, cold: defaultColdRule };
const scoring = { models, rules, reading: { snapshotNo: 7, at: now }, ourTargets: new Set<string>() };

describe("a score that is made without its ledgers", () => {
  it("says of any account what the ledgers say", async () => {
    await fc.assert(
      fc.asyncProperty(snapshots, async (snapshot) => {
        const fresh = await scoreOf(snapshot, scoring, null);
        const words = [scoreAccount(snapshot, priority, now), scoreAccount(snapshot, readiness, now)] as const;
        expect(fresh.stored.output).toEqual(toOutput(...words, reasonOf(...words)));
        const [inWords, inWordsToo] = words;
        expect(fresh.warm).toBe(isWarm({ priority: inWords, readiness: inWordsToo }, rules.cold));
        expect(fresh.standing).toMatchObject({
          overLine: judgeHot(
            { ...snapshot, isOurTarget: false },
            { priority: inWords, readiness: inWordsToo },
            rules.hot,
            now,
          ).overLine,
          readiness: inWordsToo.score,
          quiet: true,
        });
        const changes = words.flatMap(({ nextChangeAt }) => nextChangeAt ?? []);
        expect(fresh.stored.nextChangeAt).toBe(changes.length > 0 ? Math.min(...changes) : null);
        expect(unpackProof(fresh.stored.proof, now).snapshot).toEqual(snapshot);
      }),
    );
  });

  it("moved when it is the first, or score, tier or readiness are others than before, and says why", async () => {
    const { stored } = await scoreOf(techCorp, scoring, null);
    expect(stored.move).toEqual({ replaces: false, scoreFrom: null, tierFrom: null, reasons: ["First score"] });
    const bare = { ...techCorp, people: [], signals: [], judgements: [] };
    const before = await scoreOf(bare, scoring, null);
    const last = { ...before.stored, tier: "other" };
    expect((await scoreOf(bare, scoring, before.stored)).stored.move).toBeNull();
    expect((await scoreOf(bare, scoring, last)).stored.move).toEqual({
      replaces: true,
      scoreFrom: last.score,
      tierFrom: "other",
      reasons: [],
    });
    const why = (model: CompiledModel) =>
      explainChange(scoreAccount(bare, model, now), scoreAccount(techCorp, model, now));
    const texts = [...why(priority).map(({ text }) => text), ...why(readiness).map(({ text }) => `Readiness: ${text}`)];
    expect(why(readiness)).not.toEqual([]);
    const total = why(priority).reduce((sum, { from, to }) => sum + to - from, 0);
    expect(total).toBeCloseTo((scoreAccount(techCorp, priority, now).score ?? 0) - (last.score ?? 0), 1);
    expect((await scoreOf(techCorp, scoring, last)).stored.move?.reasons).toEqual(texts);
    expect((await scoreOf(techCorp, scoring, { ...last, proof: null })).stored.move?.reasons).toEqual([]);
  });
});
