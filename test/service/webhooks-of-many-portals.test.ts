import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { asPortalId, type PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { receiveWebhooks } from "../../server/intake/receive-webhooks.ts";
import { untilLockWaits } from "../support/until-lock-waits.ts";
import { appId, createSmallContext, type SmallContext } from "./small-context.ts";

const [first, second, third] = [asPortalId(61_001), asPortalId(61_002), asPortalId(61_003)];
const portals = [first, second, third];
let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  for (const portal of portals) await ctx.install(portal);
});
afterAll(() => ctx?.stop());
beforeEach(async () => {
  await sql`TRUNCATE stale_records, inbox_events`.execute(ctx.db);
  ctx.woken.length = 0;
});

const deliver = () =>
  receiveWebhooks(ctx, Buffer.from(JSON.stringify(portals.map((portalId) => ({ ...event, portalId })))));
const event = {
  eventId: 1,
  subscriptionId: 2,
  appId,
  occurredAt: 1_795_341_600_000,
  subscriptionType: "contact.propertyChange",
  attemptNumber: 0,
  objectId: 501,
  changeSource: "CRM_UI",
  sourceId: "userId:1",
  propertyName: "jobtitle",
  propertyValue: "CTO",
};

describe("A webhook request of several portals", () => {
  it("stores and wakes those that can be stored, and fails, so that HubSpot sends the others again", async () => {
    const release = await holdRecord(first, second);
    await expect(deliver()).rejects.toThrow(/lock timeout/);
    expect([await storedFor(), ctx.woken]).toEqual([[third], [["refresh-records", third]]]);
    await release();
    ctx.woken.length = 0;
    await deliver();
    expect(await storedFor()).toEqual(portals);
    expect(ctx.woken.map(([, portal]) => portal).sort()).toEqual([first, second]);
  });

  it("waits for the locks of all of them at the same time", async () => {
    const release = await holdRecord(first, second);
    const delivered = deliver();
    while ((await untilLockWaits(ctx.db)) < 2);
    await release();
    await delivered;
    expect(await storedFor()).toEqual(portals);
  });

  const storedFor = async () =>
    (await ctx.db.selectFrom("inbox_events").select("portal_id").orderBy("portal_id").execute()).map(
      (row) => row.portal_id,
    );

  /** Somebody is at work on the record that the events are about. */
  async function holdRecord(...of: readonly PortalId[]): Promise<() => Promise<void>> {
    const [held, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const done = ctx.db.transaction().execute(async (trx) => {
      for (const portal of of)
        await sql`INSERT INTO stale_records (portal_id, object_type, object_id, needs) VALUES (${portal}, 'contacts', '501', 1)`.execute(
          trx,
        );
      held.resolve();
      await released.promise;
      await sql`DELETE FROM stale_records WHERE portal_id = ANY(${[...of]}::bigint[])`.execute(trx);
    });
    await held.promise;
    return () => {
      released.resolve();
      return done;
    };
  }
});
