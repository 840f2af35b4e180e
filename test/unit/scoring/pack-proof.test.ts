import { describe, expect, it } from "@jest/globals";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import { asPersonId } from "@touchstone/shared/ids.ts";
import fc from "fast-check";
import { compileModel } from "../../../server/scoring/compile-model.ts";
import { loadTemplate, templateKeys } from "../../../server/scoring/load-template.ts";
import { orderSnapshot } from "../../../server/scoring/order-snapshot.ts";
import { packProof, unpackProof, unpackSnapshot } from "../../../server/scoring/pack-proof.ts";
import { recordScore } from "../../../server/scoring/record-score.ts";
import { scoreAccount } from "../../../server/scoring/score-account.ts";
import { writeLedger } from "../../../server/scoring/write-ledger.ts";
import { buildAccounts } from "../../bench/scoring/build-accounts.ts";
import { buildSnapshot, now } from "./build-snapshot.ts";
import { snapshots } from "./random-snapshots.ts";

const compiled = templateKeys.map((key) => {
  const model = loadTemplate(key);
  if (!model) throw new Error(`the template ${key} is missing`);
  return compileModel(model);
});

function proofOf(snapshot: AccountSnapshot, model: (typeof compiled)[number]) {
  const record = recordScore(orderSnapshot(snapshot), model, now);
  return { snapshot, priority: record, readiness: record };
}

describe("a packed proof", () => {
  it("is read back as it was, of any snapshot and any of the models", () => {
    fc.assert(
      fc.property(snapshots, fc.constantFrom(...compiled), (snapshot, model) => {
        const proof = proofOf(snapshot, model);
        expect(unpackProof(packProof(proof), now)).toEqual(proof);
        expect(unpackSnapshot(packProof(proof))).toEqual(snapshot);
      }),
    );
  });

  it("gives the same ledger, byte for byte, as scoring does", () => {
    for (const snapshot of buildAccounts(20, 50)) {
      for (const model of compiled) {
        const { snapshot: again, priority } = unpackProof(packProof(proofOf(snapshot, model)), now);
        const written = writeLedger(priority, orderSnapshot(again), model);
        expect(JSON.stringify(written)).toBe(JSON.stringify(scoreAccount(snapshot, model, now)));
      }
    }
  });

  it("keeps keys that do not begin with kind and person, people that are no members, and cut kinds", () => {
    const signal = (key: string, personId: string | null) => ({
      key,
      kind: "page_visit",
      personId: personId === null ? null : asPersonId(personId),
      at: now,
      source: "feed",
      strength: 0,
      subject: "",
      expiresAt: now + 1,
    });
    const snapshot = {
      ...buildSnapshot(),
      people: [],
      signals: [
        signal("page_visit:501:20780", "501"),
        signal("page_visit:501", "501"),
        signal("page_visit:null:1", null),
        signal(":x", "501"),
        signal("sent:a:b", null),
      ],
      cutKinds: ["page_visit"],
    };
    const [model] = compiled;
    if (!model) throw new Error("there is no model");
    expect(unpackSnapshot(packProof(proofOf(snapshot, model)))).toEqual(snapshot);
  });

  it("is the same text when only time has passed, so that nothing need be written", () => {
    const snapshot = { ...buildSnapshot(), signals: [] };
    const [model] = compiled;
    if (!model) throw new Error("there is no model");
    const later = recordScore(orderSnapshot(snapshot), model, now + 1);
    expect(packProof({ snapshot, priority: later, readiness: later })).toBe(packProof(proofOf(snapshot, model)));
  });

  it("holds many different words", () => {
    const many = Array.from({ length: 200 }, (_, n) => ({
      key: `k${n}`,
      kind: `kind_${n % 90}`,
      personId: null,
      at: now - 1_000 + n,
      source: `source-${n % 70}`,
      strength: null,
      subject: null,
      expiresAt: null,
    }));
    const snapshot = { ...buildSnapshot(), signals: many };
    const [model] = compiled;
    if (!model) throw new Error("there is no model");
    expect(unpackSnapshot(packProof(proofOf(snapshot, model)))).toEqual(snapshot);
  });

  it("of another format is refused, not misread", () => {
    expect(() => unpackSnapshot("[2]")).toThrow(/format 2/);
  });
});
