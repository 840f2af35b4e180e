import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { needs } from "../../server/db/inbox.ts";
import { moveRecords } from "../../server/db/merges.ts";
import { nextReadNo } from "../../server/db/records.ts";
import { markStale } from "../../server/db/stale-records.ts";
import { everything } from "../../server/intake/record-properties.ts";
import { refreshRecords } from "../../server/intake/refresh-records.ts";
import { saveToMirror } from "../../server/intake/save-to-mirror.ts";
import { untilLockWaits } from "../support/until-lock-waits.ts";
import type { HubSpotAnswer, HubSpotRequest } from "./local-hubspot.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
});
afterAll(() => ctx?.stop());

const [person, old, merged] = ["501", "1001", "2001"];
const times = { createdAt: "2026-01-01T00:00:00Z", updatedAt: "2026-11-01T00:00:00Z", archived: false };

/** One person of one company, in a HubSpot that keeps back what it says about the person's links until `tell`. */
function hubspotWithMerge() {
  let company = old;
  const { promise: told, resolve: tell } = Promise.withResolvers<void>();
  const complete = (results: readonly object[]): HubSpotAnswer => [200, { status: "COMPLETE", results }];
  const linkTo = (ids: readonly string[], toObjectId: string) =>
    complete(ids.map((id) => ({ from: { id }, to: [{ toObjectId, associationTypes: [] }] })));
  const records = (ids: readonly string[]) =>
    complete(
      ids.map((id) => {
        const found = id === old ? company : id;
        return { id: found, properties: found === merged ? { hs_merged_object_ids: old } : {}, ...times };
      }),
    );
  const answer = ({ path, body }: HubSpotRequest): HubSpotAnswer | Promise<HubSpotAnswer> => {
    const ids = (JSON.parse(body) as { inputs: { id: string }[] }).inputs.map(({ id }) => id);
    if (path.includes("/contacts/companies/")) {
      const known = linkTo(ids, company);
      return told.then(() => known);
    }
    if (path.includes("/companies/contacts/")) return linkTo(ids, person);
    return path.includes("/associations/") ? complete([]) : records(ids);
  };
  const merge = () => {
    company = merged;
  };
  return { answer, tell, merge };
}

describe("a person whose company is merged away while their links are being told", () => {
  it("belongs to the new one", async () => {
    const hubspot = hubspotWithMerge();
    ctx.hubspotServer.answer = hubspot.answer;
    await markStale(ctx.db, portalId, [{ objectType: "contacts", objectId: person, needs: everything }]);
    const early = refreshRecords(ctx, portalId);
    while (!ctx.hubspotServer.requests.some(({ path }) => path.includes("/contacts/companies/")))
      await new Promise((resolve) => setTimeout(resolve, 10));
    hubspot.merge();
    const needsAll = everything | needs.mergeTrace;
    await markStale(
      ctx.db,
      portalId,
      [old, merged].map((objectId) => ({ objectType: "companies", objectId, needs: needsAll })),
    );
    await refreshRecords(ctx, portalId);
    hubspot.tell();
    await early;
    await refreshRecords(ctx, portalId);
    const links = await ctx.db.selectFrom("crm_links").select(["from_id", "to_id"]).execute();
    expect(links).toEqual([{ from_id: person, to_id: merged }]);
  });
});

describe("a person who leaves a company while its links move to the one that it was merged into", () => {
  it("is left out there", async () => {
    const [second, other] = ["502", "3001"];
    const save = (readNo: number, toId: string) =>
      ctx.db.transaction().execute((trx) =>
        saveToMirror(trx, portalId, {
          type: "contacts",
          readNo,
          found: [{ objectId: second, properties: {} }],
          missing: [],
          linkedIds: [second],
          links: [{ fromId: second, toType: "companies", toId, primary: true }],
        }),
      );
    await save(await nextReadNo(ctx.db), old);
    const readNo = await nextReadNo(ctx.db);
    const [moving, ending] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const move = ctx.db.transaction().execute(async (trx) => {
      await moveRecords(trx, portalId, "companies", new Map([[old, merged]]), readNo);
      moving.resolve();
      await ending.promise;
    });
    await moving.promise;
    const reading = save(await nextReadNo(ctx.db), other);
    await untilLockWaits(ctx.db);
    ending.resolve();
    await Promise.all([move, reading]);
    const links = await ctx.db.selectFrom("crm_links").select("to_id").where("from_id", "=", second).execute();
    expect(links).toEqual([{ to_id: other }]);
  });
});
