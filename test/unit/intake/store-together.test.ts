import { describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import type { InboxEvent } from "../../../server/db/inbox.ts";
import { storeTogether } from "../../../server/intake/store-together.ts";

const [one, two] = [asPortalId(1), asPortalId(2)];
const delivery = (name: string, events = 1): InboxEvent[] =>
  Array.from({ length: events }, (_, n) => ({
    occurredAt: n,
    dedupeKey: n,
    stale: [{ objectType: "contacts", objectId: name, needs: 1 }],
  }));

const tick = () => new Promise((resolve) => setImmediate(resolve));

/** A database that answers when it is told, and says what came together. */
function slowStore() {
  const statements: { portalId: number; names: string[]; answer(stored: number): void; refuse(): void }[] = [];
  const store = storeTogether((portalId, events) => {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const names = [...new Set(events.flatMap(({ stale }) => stale.map(({ objectId }) => objectId)))];
    statements.push({ portalId, names, answer: resolve, refuse: () => reject(new Error("refused")) });
    return promise;
  });
  const at = (index: number) => {
    const statement = statements[index];
    if (!statement) throw new Error(`there is no statement ${index}`);
    return statement;
  };
  return { store, statements, at, names: () => statements.map((statement) => statement.names) };
}

describe("deliveries of a portal", () => {
  it("go at once when nothing is under way, and together when they had to wait", async () => {
    const { store, at, names } = slowStore();
    const counts = ["a", "b", "c", "d", "e"].map((name) => store(one, delivery(name)));
    expect(names()).toEqual([["a"], ["b"]]);
    at(0).answer(1);
    expect(await counts[0]).toEqual({ stored: 1, seen: 0 });
    await tick();
    expect(names()).toEqual([["a"], ["b"], ["c", "d", "e"]]);
    at(1).answer(1);
    at(2).answer(2);
    expect(await Promise.all(counts.slice(2))).toEqual([
      { stored: 2, seen: 1 },
      { stored: 0, seen: 0 },
      { stored: 0, seen: 0 },
    ]);
  });

  it("are tried one by one when they are refused together, so that one does not take the others with it", async () => {
    const { store, at, names } = slowStore();
    const outcomes = Promise.allSettled(["a", "b", "bad", "good"].map((name) => store(one, delivery(name))));
    at(0).answer(1);
    at(1).answer(1);
    await tick();
    at(2).refuse();
    await tick();
    expect(names().slice(2)).toEqual([["bad", "good"], ["bad"]]);
    at(3).refuse();
    await tick();
    at(4).answer(1);
    expect((await outcomes).map((outcome) => outcome.status)).toEqual([
      "fulfilled",
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
  });

  it("never make a statement of more than 2,000 events, and a larger one still goes", async () => {
    const { store, at, names } = slowStore();
    for (const name of ["a", "b"]) void store(one, delivery(name));
    for (const [name, events] of [
      ["c", 1_000],
      ["d", 1_000],
      ["e", 1],
      ["f", 3_000],
    ] as const)
      void store(one, delivery(name, events));
    at(0).answer(1);
    at(1).answer(1);
    await tick();
    expect(names().slice(2)).toEqual([["c", "d"], ["e"]]);
    at(2).answer(2_000);
    await tick();
    expect(names().at(-1)).toEqual(["f"]);
  });

  it("do not wait for those of another portal", () => {
    const { store, names } = slowStore();
    for (const name of ["a", "b", "c"]) void store(one, delivery(name));
    void store(two, delivery("other"));
    expect(names()).toEqual([["a"], ["b"], ["other"]]);
  });
});
