import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "@jest/globals";
import { compileModel } from "../../../server/scoring/compile-model.ts";
import { orderSnapshot } from "../../../server/scoring/order-snapshot.ts";
import { unpackProof } from "../../../server/scoring/pack-proof.ts";
import { writeLedger } from "../../../server/scoring/write-ledger.ts";

/** Written once, by the first version of the format; never made anew. A proof like it stands in every database. */
const file = path.resolve(import.meta.dirname, "../../fixtures/proofs/format-1.json");
const stored = JSON.parse(readFileSync(file, "utf8"));

it("A proof that was stored long ago says what it said then: people, their roles, and every line of both ledgers", () => {
  const { snapshot, priority, readiness } = unpackProof(stored.packed, stored.scoredAt);
  expect(snapshot.people).toEqual(stored.people);
  const ordered = orderSnapshot(snapshot);
  const ledgers = {
    priority: writeLedger(priority, ordered, compileModel(stored.models.priority)),
    readiness: writeLedger(readiness, ordered, compileModel(stored.models.readiness)),
  };
  expect(JSON.parse(JSON.stringify(ledgers))).toEqual(stored.ledgers);
});
