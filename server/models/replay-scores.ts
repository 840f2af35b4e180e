import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Database } from "../db/database.ts";
import { type KeptScore, readKeptScore, readKeptScores } from "../db/kept-scores.ts";
import { readModelVersion } from "../db/portal-models.ts";
import { NotFound } from "../errors.ts";
import { createModelShelf, type ModelShelf } from "../scoring/create-model-shelf.ts";
import { type OrderedSnapshot, orderSnapshot } from "../scoring/order-snapshot.ts";
import { unpackProof } from "../scoring/pack-proof.ts";
import { recordScore } from "../scoring/record-score.ts";
import type { ScoreRecord } from "../scoring/score-record.ts";
import { writeLedger } from "../scoring/write-ledger.ts";
import { canonicalJson } from "./canonical-json.ts";
import { findDifference, firstPlace } from "./find-difference.ts";

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
  return replay(kept, shelfOf(db, portalId));
}

/** Makes every kept score of a portal again, the present ones and all of history, in constant memory. */
export async function* replayScores(db: Database, portalId: PortalId): AsyncGenerator<Replay> {
  const shelf = shelfOf(db, portalId);
  let after = { accountId: "", snapshotNo: 0 };
  for (;;) {
    const page = await readKeptScores(db, portalId, after, pageSize);
    for (const kept of page) yield await replay(kept, shelf);
    const last = page.at(-1);
    if (!last) return;
    after = last;
  }
}

const shelfOf = (db: Database, portalId: PortalId): ModelShelf =>
  createModelShelf(async (key, version) => (await readModelVersion(db, portalId, key, version))?.document ?? null);

async function replay(kept: KeptScore, shelf: ModelShelf): Promise<Replay> {
  const { accountId, snapshotNo, scoredAt, proof } = kept;
  const base = { accountId, snapshotNo };
  if (proof === null) return { ...base, outcome: "erased", models: [], differences: [] };
  const { snapshot, priority, readiness } = unpackProof(proof, scoredAt);
  const ordered = orderSnapshot(snapshot);
  const differences: string[] = [];
  for (const [purpose, record] of [["priority", priority] as const, ["readiness", readiness] as const]) {
    const difference = await compare(record, ordered, shelf);
    if (difference) differences.push(`${purpose} (${nameOf(record)}): ${difference}`);
  }
  const models = [priority, readiness].map(nameOf);
  return { ...base, outcome: differences.length > 0 ? "different" : "identical", models, differences };
}

const nameOf = ({ model, version }: ScoreRecord): string => `${model} v${version}`;

/** What was decided is compared to the last figure; what differs is told in the words of the ledger where it shows there. */
async function compare(record: ScoreRecord, ordered: OrderedSnapshot, shelf: ModelShelf): Promise<string | null> {
  const compiled = await shelf(record.model, record.version);
  if (!compiled) return "this version of the model is not kept, so the score cannot be made again";
  const again = recordScore(ordered, compiled, record.scoredAt);
  if (canonicalJson(again) === canonicalJson(record)) return null;
  const [stored, replayed] = [record, again].map((one) => writeLedger(one, ordered, compiled));
  const shown = stored && replayed && findDifference(stored, replayed);
  return shown ?? `not in the ledger${firstPlace(record, again, "") ?? ""}`;
}
