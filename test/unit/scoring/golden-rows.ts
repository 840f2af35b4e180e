import { createHash } from "node:crypto";
import type { AccountScore } from "@touchstone/shared/account-score.ts";
import { type ScoringModel, scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import { compileModel } from "../../../server/scoring/compile-model.ts";
import { loadTemplate, templateKeys } from "../../../server/scoring/load-template.ts";
import { scoreAccount } from "../../../server/scoring/score-account.ts";
import { now } from "./build-snapshot.ts";
import { goldenAccounts } from "./golden-accounts.ts";

/** Every template, and two of them with half-lives, which no template has by default. */
export const goldenModels: Readonly<Record<string, ScoringModel>> = Object.fromEntries([
  ...templateKeys.map((key) => [key, read(key)] as const),
  ["playbook-100-half-life", decaying("playbook-100", 20, 1)],
  ["readiness-10-half-life", decaying("readiness-10", 7, 2.5)],
]);

/** One row for an account: what a person compares, then the hash of every byte of the ledger. */
export function goldenRows(model: ScoringModel): string[] {
  const compiled = compileModel(model);
  return goldenAccounts.map((account) => rowOf(scoreAccount(account, compiled, now)));
}

function rowOf(score: AccountScore): string {
  const lines = score.lines.map((line) => (line.state === "unknown" ? "?" : line.points)).join(" ");
  const gates = score.gates.map((gate) => gate.state).join(" ");
  const bytes = createHash("sha256").update(JSON.stringify(score)).digest("base64url");
  return [
    score.accountId,
    score.score,
    score.attainable,
    score.band?.key,
    gates,
    lines,
    score.nextChangeAt,
    bytes,
  ].join(" | ");
}

function read(key: string): ScoringModel {
  const model = loadTemplate(key);
  if (model === null) throw new Error(`no template ${key}`);
  return model;
}

function decaying(key: string, days: number, stepDays: number): ScoringModel {
  const model = read(key);
  const criteria = model.criteria.map((one) =>
    one.kind === "signal-count" || one.kind === "signal-rungs" ? { ...one, halfLife: { days, stepDays } } : one,
  );
  return scoringModelSchema.parse({ ...model, criteria });
}
