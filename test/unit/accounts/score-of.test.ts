import { describe, expect, it } from "@jest/globals";
import { defaultColdRule } from "@touchstone/shared/cold-rule.ts";
import { defaultHotRule } from "@touchstone/shared/hot-rule.ts";
import fc from "fast-check";
import { reasonOf } from "../../../server/accounts/reason-of.ts";
import { scoreOf } from "../../../server/accounts/score-of.ts";
import { toOutput } from "../../../server/accounts/to-output.ts";
import { compileModel } from "../../../server/scoring/compile-model.ts";
import { createModelShelf } from "../../../server/scoring/create-model-shelf.ts";
import { isWarm } from "../../../server/scoring/judge-cold.ts";
import { judgeHot } from "../../../server/scoring/judge-hot.ts";
import { unpackProof } from "../../../server/scoring/pack-proof.ts";
import { scoreAccount } from "../../../server/scoring/score-account.ts";
import { now } from "../scoring/build-snapshot.ts";
import { snapshots } from "../scoring/random-snapshots.ts";
import { template } from "../scoring/score-with.ts";

const [priority, readiness] = [compileModel(template("playbook-100")), compileModel(template("readiness-10"))];
const models = { priority, readiness, versions: createModelShelf(async () => null, [priority, readiness]) };
const rules = { hot: defaultHotRule, cold: defaultColdRule };
const scoring = { models, rules, reading: { snapshotNo: 7, at: now } };

describe("a score that is made without its ledgers", () => {
  it("says of any account what the ledgers say", () => {
    fc.assert(
      fc.property(snapshots, (snapshot) => {
        const fresh = scoreOf(snapshot, scoring, null);
        const words = [scoreAccount(snapshot, priority, now), scoreAccount(snapshot, readiness, now)] as const;
        expect(fresh.stored.output).toEqual(toOutput(...words, reasonOf(...words)));
        const [inWords, inWordsToo] = words;
        expect(fresh.warm).toBe(isWarm({ priority: inWords, readiness: inWordsToo }, rules.cold));
        expect(fresh.standing).toMatchObject({
          overLine: judgeHot(snapshot, { priority: inWords, readiness: inWordsToo }, rules.hot, now).overLine,
          readiness: inWordsToo.score,
          quiet: true,
        });
        const changes = words.flatMap(({ nextChangeAt }) => nextChangeAt ?? []);
        expect(fresh.stored.nextChangeAt).toBe(changes.length > 0 ? Math.min(...changes) : null);
        expect(unpackProof(fresh.stored.proof, now).snapshot).toEqual(snapshot);
      }),
    );
  });

  it("moved when it is the first, or score, tier or readiness are others than before", () => {
    const [snapshot] = fc.sample(snapshots, { numRuns: 1, seed: 4 });
    if (!snapshot) throw new Error("there is no snapshot");
    const { stored, moved } = scoreOf(snapshot, scoring, null);
    expect(moved).toBe(true);
    const { score, tier, readiness: readied } = stored;
    const last = { models: stored.models, score, tier, readiness: readied };
    expect(scoreOf(snapshot, scoring, last).moved).toBe(false);
    expect(scoreOf(snapshot, scoring, { ...last, tier: "other" }).moved).toBe(true);
    expect(scoreOf(snapshot, scoring, { ...last, readiness: -1 }).moved).toBe(true);
  });
});
