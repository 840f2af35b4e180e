import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { needs } from "../../server/db/inbox.ts";
import { markStale } from "../../server/db/stale-records.ts";
import { HubSpotForbidden } from "../../server/hubspot/hubspot-errors.ts";
import { refreshRecords } from "../../server/intake/refresh-records.ts";
import type { HubSpotRequest } from "./local-hubspot.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
});
afterAll(() => ctx?.stop());

const waiting = async () =>
  (await ctx.db.selectFrom("stale_records").select("object_type").execute()).map((row) => row.object_type);
const mark = (objectType: string) =>
  markStale(ctx.db, portalId, [{ objectType, objectId: "7", needs: needs.properties }]);
const forbidding =
  (type: string) =>
  ({ path, body }: HubSpotRequest): readonly [number, object] => {
    if (path.includes(`/${type}/`)) return [403, { category: "MISSING_SCOPES", message: "no" }];
    const { inputs } = JSON.parse(body) as { inputs: { id: string }[] };
    const times = { createdAt: "2026-01-01T00:00:00Z", updatedAt: "2026-11-01T00:00:00Z", archived: false };
    return [200, { status: "COMPLETE", results: inputs.map(({ id }) => ({ id, properties: {}, ...times })) }];
  };

describe("a type of records that the portal does not let us read", () => {
  it("is left out and not laid aside, and does not hold up the others", async () => {
    ctx.hubspotServer.answer = forbidding("emails");
    await mark("emails");
    await mark("contacts");
    await refreshRecords(ctx, portalId);
    expect(await waiting()).toEqual([]);
    expect(await ctx.db.selectFrom("dead_letters").select(["subject", "reason"]).execute()).toEqual([]);
  });

  it("waits for the grant when nothing can be scored without it", async () => {
    ctx.hubspotServer.answer = forbidding("contacts");
    await mark("contacts");
    await expect(refreshRecords(ctx, portalId)).rejects.toBeInstanceOf(HubSpotForbidden);
    expect(await waiting()).toEqual(["contacts"]);
  });
});

describe("a record for which HubSpot refuses the whole request", () => {
  it("waits alone, and those beside it are read", async () => {
    await ctx.db.deleteFrom("stale_records").execute();
    const fine = forbidding("nothing");
    ctx.hubspotServer.answer = (request) =>
      request.body.includes('"13"') ? [400, { category: "VALIDATION_ERROR", message: "no" }] : fine(request);
    const ids = Array.from({ length: 20 }, (_, n) => String(n + 1));
    await markStale(
      ctx.db,
      portalId,
      ids.map((objectId) => ({ objectType: "contacts", objectId, needs: needs.properties })),
    );
    await refreshRecords(ctx, portalId);
    const left = await ctx.db.selectFrom("stale_records").select(["object_id", "attempts"]).execute();
    expect(left).toEqual([{ object_id: "13", attempts: 1 }]);
  });
});

describe("a row that HubSpot could not read", () => {
  const fine = forbidding("nothing");
  const failingFor =
    (id: string) =>
    (request: HubSpotRequest): readonly [number, object] => {
      const [status, body] = fine(request) as readonly [number, { results: { id: string }[] }];
      const results = body.results.filter((row) => row.id !== id);
      if (results.length === body.results.length) return [status, body];
      return [
        200,
        { ...body, results, numErrors: 1, errors: [{ category: "INTERNAL_ERROR", context: { ids: [id] } }] },
      ];
    };
  const markAll = () =>
    markStale(
      ctx.db,
      portalId,
      ["31", "32", "33"].map((objectId) => ({ objectType: "contacts", objectId, needs: needs.properties })),
    );
  const archivedOnes = async () =>
    (await ctx.db.selectFrom("crm_records").select("object_id").where("archived", "=", true).execute()).map(
      (row) => row.object_id,
    );

  it("is asked for again, is not taken for deleted, and loses nothing beside it", async () => {
    await ctx.db.deleteFrom("stale_records").execute();
    ctx.hubspotServer.answer = fine;
    await markAll();
    await refreshRecords(ctx, portalId);
    expect(await waiting()).toEqual([]);
    ctx.hubspotServer.answer = failingFor("32");
    await markAll();
    await refreshRecords(ctx, portalId);
    const left = await ctx.db.selectFrom("stale_records").select(["object_id", "attempts"]).execute();
    expect(left).toEqual([{ object_id: "32", attempts: 1 }]);
    expect(await archivedOnes()).toEqual([]);
  });

  it("is laid aside after as many attempts as any other record", async () => {
    await ctx.db
      .updateTable("stale_records")
      .set({ attempts: 7, due_at: new Date(0) })
      .execute();
    await refreshRecords(ctx, portalId);
    expect(await waiting()).toEqual([]);
    const letters = await ctx.db
      .selectFrom("dead_letters")
      .select("reason")
      .where("subject", "=", "contacts:32")
      .execute();
    expect(letters).toEqual([{ reason: "HubSpot could not read this record: INTERNAL_ERROR" }]);
    expect(await archivedOnes()).toEqual([]);
  });
});
