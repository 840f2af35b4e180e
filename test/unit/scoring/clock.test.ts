import { describe, expect, it } from "@jest/globals";
import type { AccountScore } from "@touchstone/shared/account-score.ts";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import type { ScoringModel } from "@touchstone/shared/model-shape.ts";
import { type CompiledModel, compileModel } from "../../../server/scoring/compile-model.ts";
import { scoreAccount } from "../../../server/scoring/score-account.ts";
import { buildPerson, buildSignal, buildSnapshot, day, now } from "./build-snapshot.ts";
import { goldenAccounts } from "./golden-accounts.ts";
import { goldenModels } from "./golden-rows.ts";

const minute = 60_000;
const until = now + 120 * day;

/** All that a score says but its moment. */
const ledgerOf = (score: AccountScore): string => JSON.stringify({ ...score, scoredAt: 0 });

/** Scores only when the last score said that it would change; answers what stands at any later moment. */
function keepTime(snapshot: AccountSnapshot, compiled: CompiledModel): (at: number) => AccountScore {
  let current = scoreAccount(snapshot, compiled, now);
  return (at) => {
    while (current.nextChangeAt !== null && current.nextChangeAt <= at) {
      const dueAt = current.nextChangeAt;
      current = scoreAccount(snapshot, compiled, dueAt);
      if (current.nextChangeAt !== null && current.nextChangeAt <= dueAt) throw new Error("time stands still");
    }
    return current;
  };
}

/**
 * The minutes that matter: each at which a signal, a window, a half-life step or an answer begins or ends, with the minute
 * before and after it, and one between each two. Nothing else in a snapshot or a model has a time.
 */
function minutesThatMatter(snapshot: AccountSnapshot, model: ScoringModel): number[] {
  const windows = model.criteria.flatMap((one) => ("windowDays" in one ? one.windowDays * day : []));
  const steps = model.criteria.flatMap((one) =>
    "halfLife" in one && one.halfLife !== undefined ? one.halfLife.stepDays * day : [],
  );
  const ends = [...new Set(windows)];
  const stepMs = [...new Set(steps)];
  const moments = [
    ...snapshot.judgements.flatMap(({ at, expiresAt }) => [at, expiresAt ?? at]),
    ...snapshot.signals.flatMap(({ at, expiresAt }) => [at, expiresAt ?? at, ...ends.map((end) => at + end)]),
    ...snapshot.signals.flatMap(({ at }) => stepMs.flatMap((step) => listSteps(at, step))),
  ];
  const minutes = new Set<number>();
  for (const moment of moments) {
    const before = Math.floor((moment - now) / minute);
    for (const at of [before - 1, before, before + 1]) minutes.add(now + at * minute);
  }
  const sorted = [...minutes].filter((at) => at >= now && at <= until).sort((a, b) => a - b);
  const between = sorted.map((at, index) => {
    const middle = Math.floor((at + (sorted[index + 1] ?? until) - 2 * now) / 2 / minute);
    return now + middle * minute;
  });
  return [...new Set([...sorted, ...between, now, until])].sort((a, b) => a - b);
}

function listSteps(at: number, step: number): number[] {
  const first = Math.max(1, Math.ceil((now - at) / step));
  const last = Math.floor((until - at) / step);
  // Steps of one signal are alike: the first ones, the last ones and some between say as much as all of them.
  const stride = Math.max(1, Math.floor((last - first) / 12));
  const moments: number[] = [];
  for (let number = first; number <= last; number += stride) moments.push(at + number * step);
  return moments;
}

function firstDifference(snapshot: AccountSnapshot, model: ScoringModel, minutes: Iterable<number>): object | null {
  const compiled = compileModel(model);
  const standing = keepTime(snapshot, compiled);
  for (const at of minutes) {
    const kept = ledgerOf(standing(at));
    const fresh = ledgerOf(scoreAccount(snapshot, compiled, at));
    if (kept !== fresh) return { account: snapshot.accountId, at: new Date(at).toISOString(), kept, fresh };
  }
  return null;
}

describe("rescoring only at nextChangeAt for 120 days", () => {
  it.each(Object.entries(goldenModels))(
    "gives the ledgers of every minute that matters, for sixty accounts, or nine that decay: %s",
    (key, model) => {
      // A half-life steps so often that an account takes a third of a second.
      const accounts = goldenAccounts.filter((_, index) => !key.endsWith("half-life") || index % 7 === 0);
      for (const account of accounts) {
        expect(firstDifference(account, model, minutesThatMatter(account, model))).toBeNull();
      }
    },
  );

  it("gives the ledgers of each single one of 172,800 minutes", () => {
    const model = goldenModels["readiness-10-half-life"];
    if (model === undefined) throw new Error("no such model");
    const snapshot = buildSnapshot({
      people: [buildPerson("1"), buildPerson("2", { roles: ["blocker"] })],
      signals: [
        buildSignal("email_open", "1", 3.3),
        buildSignal("content_download", "1", -20.7, { expiresAt: now + 31 * day + 12_345 }),
        buildSignal("event_attended", "2", -70.2),
      ],
    });
    expect(firstDifference(snapshot, model, everyMinute())).toBeNull();
  });
});

function* everyMinute(): Generator<number> {
  for (let at = now; at <= until; at += minute) yield at;
}
