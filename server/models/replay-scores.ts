import type { AccountScore } from "@touchstone/shared/account-score.ts";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import type { Database } from "../db/database.ts";
import { type KeptScore, readKeptScore, readKeptScores } from "../db/kept-scores.ts";
import { readModelVersion } from "../db/portal-models.ts";
import { NotFound } from "../errors.ts";
import { type CompiledModel, compileModel } from "../scoring/compile-model.ts";
import { scoreAccount } from "../scoring/score-account.ts";
import { findDifference } from "./find-difference.ts";

/** What became of one kept score. "erased": its snapshot named a person who was erased, so it cannot be made again. */
export interface Replay {
  readonly accountId: string;
  readonly snapshotNo: number;
  readonly outcome: "identical" | "different" | "erased";
  /** For example "playbook-100 v2" of each model that scored it. */
  readonly models: readonly string[];
  /** The first line that differs, per model. */
  readonly differences: readonly string[];
}

const pageSize = 100;

/** Makes one kept score again from its own snapshot, model versions and moment, and compares. */
export async function replayScore(
  db: Database,
  portalId: PortalId,
  accountId: string,
  snapshotNo: number | "latest",
): Promise<Replay> {
  const kept = await readKeptScore(db, portalId, accountId, snapshotNo);
  if (!kept) {
    const which = snapshotNo === "latest" ? "no score" : `no score of snapshot ${snapshotNo}`;
    throw new NotFound(`There is ${which} of account ${accountId} in portal ${portalId}.`);
  }
  return replay(kept, createModelShelf(db, portalId));
}

/** Makes every kept score of a portal again, the present ones and all of history, in constant memory. */
export async function* replayScores(db: Database, portalId: PortalId): AsyncGenerator<Replay> {
  const shelf = createModelShelf(db, portalId);
  let after = { accountId: "", snapshotNo: 0 };
  for (;;) {
    const page = await readKeptScores(db, portalId, after, pageSize);
    for (const kept of page) yield await replay(kept, shelf);
    const last = page.at(-1);
    if (!last) return;
    after = last;
  }
}

type Shelf = (key: string, version: number) => Promise<CompiledModel | null>;

/** Each version is read and compiled once. */
function createModelShelf(db: Database, portalId: PortalId): Shelf {
  const shelf = new Map<string, CompiledModel | null>();
  return async (key, version) => {
    const name = `${key} v${version}`;
    const known = shelf.get(name);
    if (known !== undefined) return known;
    const stored = await readModelVersion(db, portalId, key, version);
    const compiled = stored ? compileModel(scoringModelSchema.parse(stored.document)) : null;
    shelf.set(name, compiled);
    return compiled;
  };
}

async function replay(kept: KeptScore, shelf: Shelf): Promise<Replay> {
  const { accountId, snapshotNo, snapshot, priority, readiness } = kept;
  const base = { accountId, snapshotNo };
  if (!snapshot || !priority || !readiness) return { ...base, outcome: "erased", models: [], differences: [] };
  const differences: string[] = [];
  for (const score of [priority, readiness]) {
    const difference = await compare(score, snapshot, shelf);
    if (difference) differences.push(`${score.model.purpose} (${nameOf(score)}): ${difference}`);
  }
  const models = [priority, readiness].map(nameOf);
  return { ...base, outcome: differences.length > 0 ? "different" : "identical", models, differences };
}

const nameOf = ({ model }: AccountScore): string => `${model.key} v${model.version}`;

async function compare(score: AccountScore, snapshot: AccountSnapshot, shelf: Shelf): Promise<string | null> {
  const compiled = await shelf(score.model.key, score.model.version);
  if (!compiled) return "this version of the model is not kept, so the score cannot be made again";
  return findDifference(score, scoreAccount(snapshot, compiled, score.scoredAt));
}
