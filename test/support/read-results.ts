import type { AccountScore } from "@touchstone/shared/account-score.ts";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import { compileModel } from "../../server/scoring/compile-model.ts";
import { loadTemplate } from "../../server/scoring/load-template.ts";
import { orderSnapshot } from "../../server/scoring/order-snapshot.ts";
import { unpackProof } from "../../server/scoring/pack-proof.ts";
import { recordScore } from "../../server/scoring/record-score.ts";
import { scoreAccount } from "../../server/scoring/score-account.ts";
import { askDatabase } from "./ask-database.ts";
import type { PortalAtWork } from "./portal-at-work.ts";

const patienceMs = 60_000;

interface Row {
  accountId: string;
  proof: string;
  output: Record<string, string>;
  scoredAt: string;
}

/** What an account ended up with, without the portal's own id. */
interface Result {
  readonly snapshot: Omit<AccountSnapshot, "portalId">;
  readonly scores: readonly Omit<AccountScore, "portalId">[];
}
export type Results = Readonly<Record<string, Result>>;

const models = {
  priority: compile("playbook-100"),
  readiness: compile("readiness-10"),
};

export interface JudgedResults {
  readonly results: Results;
  /** What HubSpot holds of ours, by account and name. */
  readonly held: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What contradicts itself, in words. */
  readonly faults: readonly string[];
}

/**
 * Reads the settled results of a portal and holds each against what must be true of it: the ledger is what its snapshot
 * gives at its own moment, and HubSpot's properties say the same. Two worlds score at different moments, so what is to be
 * compared are the snapshot and its ledgers at the one moment `at`.
 */
export async function judgeResults(
  databaseUrl: string,
  portal: Pick<PortalAtWork, "portalId" | "property">,
  at: number,
): Promise<JudgedResults> {
  const results: Record<string, Result> = {};
  const held: Record<string, Record<string, string>> = {};
  const faults: string[] = [];
  for (const row of await readRows(databaseUrl, portal.portalId)) {
    const { snapshot: stored, ...records } = unpackProof(row.proof, Number(row.scoredAt));
    const ordered = orderSnapshot(stored);
    for (const purpose of ["priority", "readiness"] as const) {
      const replayed = recordScore(ordered, models[purpose], Number(row.scoredAt));
      if (canonical(replayed) !== canonical(records[purpose]))
        faults.push(`account ${row.accountId}: the stored ${purpose} is not what its snapshot gives`);
    }
    const own: Record<string, string> = {};
    for (const [name, value] of Object.entries(row.output)) {
      own[name] = portal.property(row.accountId, name) ?? "";
      if (own[name] !== value)
        faults.push(`account ${row.accountId}: HubSpot holds ${name} "${own[name]}", not "${value}"`);
    }
    held[row.accountId] = own;
    const { portalId: _, ...snapshot } = stored;
    const scores = [models.priority, models.readiness].map((model) => {
      const { portalId: __, ...score } = scoreAccount(stored, model, at);
      return score;
    });
    results[row.accountId] = { snapshot, scores };
  }
  return { results, held, faults };
}

/** The same, for a test that stops at the first contradiction. */
export async function readResults(databaseUrl: string, portal: PortalAtWork, at: number): Promise<Results> {
  // Scores are settled, and what the programme makes of them is on its way for some seconds more.
  for (const endAt = Date.now() + patienceMs; ; await new Promise((resolve) => setTimeout(resolve, 250))) {
    const { results, faults } = await judgeResults(databaseUrl, portal, at);
    if (faults.length === 0) return results;
    if (Date.now() > endAt) throw new Error(faults.slice(0, 5).join("\n"));
  }
}

const readRows = (databaseUrl: string, portalId: number) =>
  askDatabase<Row>(
    databaseUrl,
    `SELECT account_id AS "accountId", proof, output, scored_at AS "scoredAt"
     FROM account_scores WHERE portal_id = $1 ORDER BY account_id`,
    [portalId],
  );

function compile(key: string) {
  const model = loadTemplate(key);
  if (!model) throw new Error(`there is no model ${key}`);
  return compileModel(model);
}

/** The database keeps the keys of an object in an order of its own. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
