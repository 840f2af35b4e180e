import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { asAccountId } from "@touchstone/shared/ids.ts";
import { getAccount } from "../../server/accounts/get-account.ts";
import { rescoreBatch } from "../../server/accounts/rescore-batch.ts";
import { holdPortal } from "../../server/db/portals.ts";
import { nextReadNo } from "../../server/db/records.ts";
import { receiveWebhooks } from "../../server/intake/receive-webhooks.ts";
import { refreshRecords } from "../../server/intake/refresh-records.ts";
import { personHash, type Reading, saveToMirror } from "../../server/intake/save-to-mirror.ts";
import { findText } from "../support/find-text.ts";
import type { HubSpotAnswer, HubSpotRequest } from "./local-hubspot.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

/** An id and a name that stand nowhere else. */
const person = "987650001";
const former = "987650002";
const company = "1001";
const now = 1_795_341_600_000;

let ctx: SmallContext;
/** HubSpot's present state, as far as this test goes. */
const contacts = new Map<string, Record<string, string>>();
let meetingLinks: string[] = [];

beforeAll(async () => {
  ctx = await createSmallContext();
  ctx.clock.now = now;
  await ctx.install();
  ctx.hubspotServer.answer = answer;
  contacts.set(person, {
    firstname: "Needlina",
    lastname: "Haystack",
    jobtitle: "CTO of Needles",
    recent_conversion_date: String(now - 3_600_000),
    recent_conversion_event_name: "Book a demo",
  });
  await save({
    type: "companies",
    found: [{ objectId: company, properties: { name: "Acme", industry: "COMPUTER_SOFTWARE" } }],
  });
  await save({ type: "contacts", found: [{ objectId: former, properties: { firstname: "Needlina" } }] });
  await ctx.db
    .updateTable("crm_records")
    .set({ archived: true, merged_into: person })
    .where("object_id", "=", former)
    .execute();
  meetingLinks = [person];
  await deliver("contact.creation", person);
  await deliver("object.creation", "77", { objectTypeId: "0-47" });
  await work();
});
afterAll(() => ctx?.stop());

function answer({ path, body }: HubSpotRequest): HubSpotAnswer {
  const inputs = body === "" ? [] : ((JSON.parse(body) as { inputs?: { id: string }[] }).inputs ?? []);
  const record = (id: string, properties: object) => ({
    id,
    properties,
    createdAt: "2026-01-01T00:00:00Z",
    updatedAt: "2026-11-01T00:00:00Z",
    archived: false,
  });
  if (path.includes("/associations/")) {
    const toCompany = path.includes("companies") || path.includes("0-2");
    const results = inputs.map(({ id }) => ({
      from: { id },
      to: (toCompany ? [company] : meetingLinks).map((to) => ({
        toObjectId: Number(to),
        associationTypes: [{ category: "HUBSPOT_DEFINED", typeId: 1, label: null }],
      })),
    }));
    return [200, { status: "COMPLETE", results: results.filter(({ to }) => to.length > 0) }];
  }
  if (path.endsWith("/batch/update"))
    return [200, { status: "COMPLETE", results: inputs.map(({ id }) => record(id, {})) }];
  if (path.includes("contacts") || path.includes("0-1/"))
    return [
      200,
      {
        status: "COMPLETE",
        results: inputs.flatMap(({ id }) => (contacts.has(id) ? [record(id, contacts.get(id) ?? {})] : [])),
      },
    ];
  const meeting = {
    hs_createdate: String(now - 7_200_000),
    hs_meeting_start_time: String(now - 7_200_000),
    hs_meeting_outcome: "COMPLETED",
  };
  return [
    200,
    {
      status: "COMPLETE",
      results: inputs.map(({ id }) => record(id, path.includes("meetings") ? meeting : { name: "Acme" })),
    },
  ];
}

async function save(reading: Pick<Reading, "type" | "found">): Promise<void> {
  const readNo = await nextReadNo(ctx.db);
  await ctx.db
    .transaction()
    .execute((trx) => saveToMirror(trx, portalId, { readNo, missing: [], linkedIds: [], links: [], ...reading }));
}

let occurredAt = now;
async function deliver(subscriptionType: string, objectId: string, more: object = {}): Promise<void> {
  occurredAt += 1;
  await receiveWebhooks(
    ctx,
    Buffer.from(JSON.stringify([{ portalId, subscriptionType, objectId: Number(objectId), occurredAt, ...more }])),
  );
}

async function work(): Promise<void> {
  await refreshRecords(ctx, portalId);
  await rescoreBatch(ctx, portalId);
}

const placesOf = (needle: string) => findText(ctx.db, needle);
const traces = async () => (await Promise.all([person, former, "Needl", "Haystack"].map(placesOf))).flat();

describe("a person whom HubSpot erases", () => {
  it("stood in many places before", async () => {
    expect((await getAccount(ctx, portalId, asAccountId(company))).state).toBe("scored");
    const places = await placesOf(person);
    for (const place of ["crm_records.object_id", "crm_links.from_id", "signals.person_id", "account_scores.proof"])
      expect(places).toContain(place);
    expect(JSON.stringify(await getAccount(ctx, portalId, asAccountId(company)))).toContain("Needlina Haystack");
  });

  it("leaves no trace in any column of any table once the company is scored again", async () => {
    contacts.delete(person);
    await deliver("contact.privacyDeletion", person);
    await work();
    expect(await traces()).toEqual([]);
    expect(JSON.stringify(await getAccount(ctx, portalId, asAccountId(company)))).not.toMatch(/Needl|Haystack|9876500/);
    expect(
      (await ctx.db.selectFrom("erased_people").select("person_hash").execute()).map((row) => row.person_hash.length),
    ).toEqual([32, 32]);
  });

  it("is not brought back by the deletion that HubSpot sends too, in either order", async () => {
    await deliver("contact.deletion", person);
    await work();
    expect(await traces()).toEqual([]);
  });

  it("is not brought back by a late change, though HubSpot still answered with the record", async () => {
    contacts.set(person, { firstname: "Needlina" });
    await deliver("contact.propertyChange", person, { propertyName: "firstname", propertyValue: "Needlina" });
    await work();
    contacts.delete(person);
    expect(await traces()).toEqual([]);
  });

  it("is not brought back by a page of a backfill that was read before", async () => {
    await save({
      type: "contacts",
      found: [
        { objectId: person, properties: { firstname: "Needlina" } },
        { objectId: "502", properties: {} },
      ],
    });
    expect(await traces()).toEqual([]);
    expect(await placesOf("502")).toContain("crm_records.object_id");
  });

  it("is not brought back by a page that is being saved at the very moment", async () => {
    const late = "987650003";
    let erasing: Promise<void> = Promise.resolve();
    await ctx.db.transaction().execute(async (trx) => {
      await holdPortal(trx, portalId);
      const readNo = await nextReadNo(ctx.db);
      const found = [{ objectId: late, properties: { firstname: "Needlina" } }];
      await saveToMirror(trx, portalId, { type: "contacts", readNo, found, missing: [], linkedIds: [], links: [] });
      await deliver("contact.privacyDeletion", late);
      erasing = work();
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    await erasing;
    expect([...(await traces()), ...(await placesOf(late))]).toEqual([]);
    await ctx.db.deleteFrom("erased_people").where("person_hash", "=", personHash(portalId, late)).execute();
  });

  it("is not brought back by a meeting that is still linked to the person", async () => {
    await deliver("object.propertyChange", "77", {
      objectTypeId: "0-47",
      propertyName: "hs_meeting_outcome",
      propertyValue: "x",
    });
    await work();
    expect(await traces()).toEqual([]);
  });

  it("is not brought back by the same erasure coming again", async () => {
    await deliver("contact.privacyDeletion", person);
    await work();
    expect(await traces()).toEqual([]);
    expect(await ctx.db.selectFrom("erased_people").select("person_hash").execute()).toHaveLength(2);
  });

  it("never stood in the log", () => {
    expect(ctx.rawLog()).not.toMatch(/Needl|Haystack|9876500/);
  });
});
