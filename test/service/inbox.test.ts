import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { priorities } from "../../server/db/dirty-accounts.ts";
import { type InboxEvent, needs, storeEvents } from "../../server/db/inbox.ts";
import { disconnectPortal } from "../../server/db/portals.ts";
import { claimStale, markStale, settleStale } from "../../server/db/stale-records.ts";
import { receiveWebhooks } from "../../server/intake/receive-webhooks.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
});
afterAll(() => ctx?.stop());
afterEach(async () => {
  await ctx.db.deleteFrom("inbox_events").execute();
  await ctx.db.deleteFrom("stale_records").execute();
});

const event = (n: number, record = n, need: number = needs.properties): InboxEvent => ({
  occurredAt: 1_795_341_600_000 + n,
  dedupeKey: n * 7_919,
  stale: [{ objectType: "contacts", objectId: String(record), needs: need }],
});
const events = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => event(from + n, (from + n) % 150));
const countEvents = async () => (await ctx.db.selectFrom("inbox_events").select("dedupe_key").execute()).length;
const staleRows = () =>
  ctx.db.selectFrom("stale_records").select(["object_id as id", "needs", "version"]).orderBy("object_id").execute();

describe("storing events", () => {
  it("marks each record once, with the needs of all its events", async () => {
    const stored = await storeEvents(ctx.db, portalId, [event(1, 7), event(2, 7, needs.associations), event(3, 8)]);
    expect(stored).toBe(3);
    expect(await staleRows()).toEqual([
      { id: "7", needs: needs.properties | needs.associations, version: 1 },
      { id: "8", needs: needs.properties, version: 1 },
    ]);
  });

  it("changes nothing when every event was seen before", async () => {
    await storeEvents(ctx.db, portalId, events(0, 10));
    const before = await staleRows();
    expect(await storeEvents(ctx.db, portalId, events(0, 10))).toBe(0);
    expect(await staleRows()).toEqual(before);
  });

  it("takes the new ones of a list that was seen in part, and marks only their records", async () => {
    await storeEvents(ctx.db, portalId, events(0, 5));
    expect(await storeEvents(ctx.db, portalId, events(3, 5))).toBe(3);
    expect((await staleRows()).every((row) => row.version === 1)).toBe(true);
    expect(await countEvents()).toBe(8);
  });

  it("stores the rest of a list of which only the newest was seen", async () => {
    await storeEvents(ctx.db, portalId, events(99, 1));
    expect(await storeEvents(ctx.db, portalId, events(0, 100))).toBe(99);
    expect(await countEvents()).toBe(100);
    expect(await staleRows()).toHaveLength(100);
  });

  it("counts an event that stands twice in one list once", async () => {
    expect(await storeEvents(ctx.db, portalId, [event(1), event(1)])).toBe(1);
    expect(await staleRows()).toEqual([{ id: "1", needs: 1, version: 1 }]);
  });

  it("tells events of one millisecond apart by their keys, and those of one key by their times", async () => {
    await storeEvents(ctx.db, portalId, [event(1)]);
    const [sameTime, sameKey] = [
      { ...event(2), occurredAt: event(1).occurredAt },
      { ...event(3), dedupeKey: event(1).dedupeKey },
    ];
    expect(await storeEvents(ctx.db, portalId, [event(1), sameTime, sameKey])).toBe(2);
    expect((await staleRows()).map(({ id }) => id)).toEqual(["1", "2", "3"]);
  });

  it("marks a record for the new one alone of two events that need different things of it", async () => {
    await storeEvents(ctx.db, portalId, [event(1, 7, needs.associations)]);
    await ctx.db.deleteFrom("stale_records").execute();
    expect(await storeEvents(ctx.db, portalId, [event(1, 7, needs.associations), event(2, 7)])).toBe(1);
    expect(await staleRows()).toEqual([{ id: "7", needs: needs.properties, version: 1 }]);
  });

  it("raises the version of a record that waits already, and keeps what it needed", async () => {
    await storeEvents(ctx.db, portalId, [event(1, 7, needs.associations)]);
    await storeEvents(ctx.db, portalId, [event(2, 7)]);
    expect(await staleRows()).toEqual([{ id: "7", needs: needs.properties | needs.associations, version: 2 }]);
  });

  it("leaves a record alone that waits and that nobody has taken: it will be read later than now", async () => {
    await storeEvents(ctx.db, portalId, [event(1, 7)]);
    await storeEvents(ctx.db, portalId, [event(2, 7)]);
    expect(await staleRows()).toEqual([{ id: "7", needs: needs.properties, version: 1 }]);
  });

  it("marks a record again that somebody has taken: what is being read may be old already", async () => {
    await storeEvents(ctx.db, portalId, [event(1, 7)]);
    const claims = await claimStale(ctx.db, portalId, 10, 60_000);
    await storeEvents(ctx.db, portalId, [event(2, 7)]);
    await ctx.db.transaction().execute((trx) => settleStale(trx, portalId, claims));
    expect(await staleRows()).toEqual([{ id: "7", needs: needs.properties, version: 2 }]);
  });

  it("moves a record to the front that waited in the background", async () => {
    await markStale(ctx.db, portalId, [{ objectType: "contacts", objectId: "7", needs: 1 }], priorities.backfill);
    await storeEvents(ctx.db, portalId, [event(2, 7)]);
    const rows = await ctx.db.selectFrom("stale_records").select(["object_id", "priority"]).execute();
    expect(rows).toEqual([{ object_id: "7", priority: priorities.live }]);
  });

  it("takes an empty list", async () => {
    expect(await storeEvents(ctx.db, portalId, [])).toBe(0);
  });

  it("is one statement: when the mark fails, the event is not stored either", async () => {
    const bad = { ...event(1), stale: [{ objectType: "contacts", objectId: "a\u0000b", needs: 1 }] };
    await expect(storeEvents(ctx.db, portalId, [bad, event(2)])).rejects.toThrow();
    expect(await countEvents()).toBe(0);
    expect(await staleRows()).toEqual([]);
  });

  it("stores nothing for a portal that is not installed or took the app away", async () => {
    const gone = asPortalId(5_555);
    await ctx.install(gone);
    await disconnectPortal(ctx.db, gone, "a test");
    for (const portal of [gone, asPortalId(9_999)]) expect(await storeEvents(ctx.db, portal, [event(1)])).toBe(0);
    expect(await countEvents()).toBe(0);
    expect(await staleRows()).toEqual([]);
  });

  it("keeps portals apart that send the same record ids", async () => {
    const other = asPortalId(6_666);
    await ctx.install(other);
    await storeEvents(ctx.db, portalId, [event(1)]);
    await storeEvents(ctx.db, other, [event(1)]);
    const rows = await ctx.db.selectFrom("stale_records").select("portal_id").execute();
    expect(rows.map((row) => row.portal_id).sort()).toEqual([portalId, other].sort());
  });
});

describe("twenty deliveries of a hundred overlapping events at the same time", () => {
  it("end without a deadlock, with every event stored once", async () => {
    const deliveries = Array.from({ length: 20 }, (_, n) => {
      const list = events(n * 40, 100);
      return n % 2 === 0 ? list : list.reverse();
    });
    const stored = await Promise.all(deliveries.map((list) => storeEvents(ctx.db, portalId, list)));
    expect(stored.reduce((sum, count) => sum + count, 0)).toBe(19 * 40 + 100);
    expect(await countEvents()).toBe(19 * 40 + 100);
    expect(await staleRows()).toHaveLength(150);
  });
});

describe("a webhook of our own doing", () => {
  const body = (parts: Record<string, unknown>) =>
    Buffer.from(
      JSON.stringify([
        {
          portalId,
          subscriptionType: "company.propertyChange",
          objectId: 1001,
          occurredAt: 1_795_341_600_000,
          propertyName: "industry",
          changeSource: "INTEGRATION",
          ...parts,
        },
      ]),
    );

  it("is dropped: neither stored nor marked, and nobody is woken", async () => {
    ctx.woken.length = 0;
    await receiveWebhooks(ctx, body({ sourceId: String(ctx.config.hubspot.appId) }));
    expect(await countEvents()).toBe(0);
    expect(ctx.woken).toEqual([]);
  });

  it("is told from another app's", async () => {
    await receiveWebhooks(ctx, body({ sourceId: "123" }));
    expect(await countEvents()).toBe(1);
  });
});
