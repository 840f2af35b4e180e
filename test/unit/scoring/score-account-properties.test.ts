import { describe, expect, it } from "@jest/globals";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import fc from "fast-check";
import { compileModel } from "../../../server/scoring/compile-model.ts";
import { scoreAccount } from "../../../server/scoring/score-account.ts";
import { buildJudgement, buildPerson, buildSignal, buildSnapshot, day, now } from "./build-snapshot.ts";
import { models, snapshots } from "./random-snapshots.ts";
import { addLines, template } from "./score-with.ts";

const compiled = models.map(compileModel);
const modelsAndSnapshots = [fc.constantFrom(...compiled), snapshots] as const;

function freeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(freeze);
  return Object.freeze(value);
}

describe("any score of any account", () => {
  it("is the sum of its lines and its rounding, and of its axes", () => {
    fc.assert(
      fc.property(...modelsAndSnapshots, (model, snapshot) => {
        const score = scoreAccount(snapshot, model, now);
        expect(addLines(score)).toBe(score.score);
        const axes = score.axes.reduce((sum, axis) => sum + Math.round(axis.score * 1000), 0);
        expect((axes + Math.round(score.rounding * 1000)) / 1000).toBe(score.score);
        expect(Math.abs(score.rounding)).toBeLessThanOrEqual(0.05);
      }),
    );
  });

  it("does not depend on order and duplicates, and never changes its input", () => {
    fc.assert(
      fc.property(...modelsAndSnapshots, fc.gen(), (model, snapshot, gen) => {
        const shuffle = <Item>(items: readonly Item[]): Item[] =>
          gen(() => fc.shuffledSubarray([...items, ...items], { minLength: items.length * 2 }));
        const mixed: AccountSnapshot = freeze({
          ...snapshot,
          people: shuffle(snapshot.people),
          signals: shuffle(snapshot.signals),
          judgements: shuffle(snapshot.judgements),
        });
        const bytes = JSON.stringify(scoreAccount(freeze(snapshot), model, now));
        expect(JSON.stringify(scoreAccount(mixed, model, now))).toBe(bytes);
      }),
    );
  });

  it("counts only what is known as attainable, and gives unknown lines neither points nor a maximum to reach", () => {
    fc.assert(
      fc.property(...modelsAndSnapshots, (model, snapshot) => {
        const score = scoreAccount(snapshot, model, now);
        const known = score.lines.filter((line) => line.state !== "unknown");
        const attainable = known.reduce((sum, line) => sum + Math.round(line.max * 1000), 0) / 1000;
        expect(score.attainable).toBe(attainable);
        expect(score.coverage).toBe(Math.round(attainable * 1000) / model.max);
        expect(score.lines.every((line) => line.state !== "unknown" || line.points === 0)).toBe(true);
        expect(score.lines.every((line) => line.points <= line.max)).toBe(true);
      }),
    );
  });

  it("never falls when a better fact is added", () => {
    const kinds = [
      "page_visit",
      "content_download",
      "demo_request",
      "email_reply",
      "meeting_held",
      "event_attended",
      "pricing_page_visit",
    ];
    fc.assert(
      fc.property(
        ...modelsAndSnapshots,
        fc.constantFrom(...kinds),
        fc.constantFrom("1", "2", null),
        (model, snapshot, kind, person) => {
          const before = scoreAccount(snapshot, model, now);
          const added = buildSignal(kind, person, 0.1, { key: "added", strength: 5 });
          const after = scoreAccount({ ...snapshot, signals: [...snapshot.signals, added] }, model, now);
          expect(after.score).toBeGreaterThanOrEqual(before.score ?? 0);
          const best = {
            ...snapshot,
            judgements: [...snapshot.judgements, buildJudgement("decision_speed", "fast", { at: now })],
          };
          expect(scoreAccount(best, model, now).score).toBeGreaterThanOrEqual(before.score ?? 0);
        },
      ),
    );
  });
});

describe("the next change by time alone", () => {
  const still = (snapshot: AccountSnapshot, model: (typeof compiled)[number], at: number) =>
    JSON.stringify({ ...scoreAccount(snapshot, model, at), scoredAt: 0 });

  it("is the first moment at which anything in the ledger moves", () => {
    fc.assert(
      fc.property(...modelsAndSnapshots, (model, snapshot) => {
        const { nextChangeAt } = scoreAccount(snapshot, model, now);
        const end = nextChangeAt ?? now + 1000 * day;
        expect(end).toBeGreaterThan(now);
        for (const at of [now + 1, Math.floor((now + end) / 2), end - 1]) {
          if (at > now && at < end) expect(still(snapshot, model, at)).toBe(still(snapshot, model, now));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("is not missed and not invented: without half-life the ledger differs at that moment", () => {
    fc.assert(
      fc.property(fc.constantFrom(...compiled.slice(0, 3)), snapshots, (model, snapshot) => {
        const { nextChangeAt } = scoreAccount(snapshot, model, now);
        if (nextChangeAt === null) return;
        const ledgerAt = (at: number) => JSON.stringify(scoreAccount(snapshot, model, at).lines);
        expect(ledgerAt(nextChangeAt)).not.toBe(ledgerAt(now));
      }),
    );
  });

  it("suffices: rescoring only then gives the scores of rescoring every hour for 60 days", () => {
    fc.assert(
      fc.property(...modelsAndSnapshots, (model, snapshot) => {
        let current = scoreAccount(snapshot, model, now);
        for (let at = now; at <= now + 60 * day; at += day / 24) {
          while (current.nextChangeAt !== null && current.nextChangeAt <= at) {
            current = scoreAccount(snapshot, model, current.nextChangeAt);
          }
          const fresh = scoreAccount(snapshot, model, at);
          if (fresh.score !== current.score || fresh.attainable !== current.attainable) {
            expect({ at, score: current.score, attainable: current.attainable }).toEqual({
              at,
              score: fresh.score,
              attainable: fresh.attainable,
            });
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it("is never for an account without signals, answers and expiries", () => {
    const timeless = buildSnapshot({ properties: { industry: "BANKING" }, people: [buildPerson("1")] });
    expect(scoreAccount(timeless, compileModel(template("playbook-100")), now).nextChangeAt).toBeNull();
  });
});
