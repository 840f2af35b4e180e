import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { asAccountId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { getAccount } from "../../server/accounts/get-account.ts";
import { rescoreBatch } from "../../server/accounts/rescore-batch.ts";
import { saveScores } from "../../server/db/account-scores.ts";
import { markDirty, priorities } from "../../server/db/dirty-accounts.ts";
import { beginReading, holdPortal } from "../../server/db/portals.ts";
import { nextReadNo } from "../../server/db/records.ts";
import { receiveWebhooks } from "../../server/intake/receive-webhooks.ts";
import { refreshRecords } from "../../server/intake/refresh-records.ts";
import { personHash, type Reading, saveToMirror } from "../../server/intake/save-to-mirror.ts";
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

/** Every place in the database where a text stands, of whatever type the column is. */
async function placesOf(needle: string): Promise<string[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    SELECT c.table_name AS table, c.column_name AS column FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE t.table_type = 'BASE TABLE' AND c.table_schema NOT IN ('pg_catalog', 'information_schema')
      AND c.table_schema = 'public'`.execute(ctx.db);
  const places: string[] = [];
  for (const { table, column } of rows) {
    const found =
      await sql`SELECT FROM ${sql.table(table)} WHERE ${sql.ref(column)}::text LIKE ${`%${needle}%`} LIMIT 1`.execute(
        ctx.db,
      );
    if (found.rows.length > 0) places.push(`${table}.${column}`);
  }
  return places.sort();
}
const traces = async () => (await Promise.all([person, former, "Needl", "Haystack"].map(placesOf))).flat();

const countProofs = async () =>
  (await ctx.db.selectFrom("score_history").select("proof").where("proof", "is not", null).execute()).length;

/** A person of the company, who is in its stored score. */
async function addMember(personId: string): Promise<void> {
  contacts.set(personId, { jobtitle: "CTO of Needles" });
  await deliver("contact.creation", personId);
  await work();
  contacts.delete(personId);
  expect(await placesOf(personId)).toContain("account_scores.proof");
}

/** Until somebody waits for a lock of another transaction. */
async function waitForLock(): Promise<void> {
  for (;;) {
    const { rows } = await sql`
      SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(ctx.db);
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

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

  it("leaves no trace in an account either that the person left long ago", async () => {
    const [leaver, other] = ["987650004", "1002"];
    await save({ type: "companies", found: [{ objectId: other, properties: { name: "Other" } }] });
    const link = async (to: string) => {
      const readNo = await nextReadNo(ctx.db);
      const links = [{ fromId: leaver, toType: "companies", toId: to, primary: true }];
      const found = [
        { objectId: leaver, properties: { jobtitle: "CTO of Needles", hs_email_last_reply_date: String(now) } },
      ];
      await ctx.db.transaction().execute(async (trx) => {
        const touched = await saveToMirror(trx, portalId, {
          type: "contacts",
          readNo,
          found,
          missing: [],
          linkedIds: [leaver],
          links,
        });
        await markDirty(trx, portalId, touched, priorities.live);
      });
      await rescoreBatch(ctx, portalId);
    };
    await link(other);
    await link(company);
    expect(await placesOf(leaver)).toEqual(expect.arrayContaining(["score_history.proof", "former_members.person_id"]));
    const before = await countProofs();
    await deliver("contact.privacyDeletion", leaver);
    await work();
    expect(await placesOf(leaver)).toEqual([]);
    // Only what named the person is gone from history.
    expect(await countProofs()).toBe(before - 1);
  });

  it("is not brought back by a score that was read before and is saved after", async () => {
    const known = "987650005";
    await addMember(known);
    let scoring: Promise<void> = Promise.resolve();
    await ctx.db.transaction().execute(async (trx) => {
      // What is read of an account last: people and signals are in hand already.
      await sql`LOCK TABLE judgements IN ACCESS EXCLUSIVE MODE`.execute(trx);
      await markDirty(ctx.db, portalId, [company], priorities.live);
      scoring = rescoreBatch(ctx, portalId);
      await waitForLock();
      await deliver("contact.privacyDeletion", known);
      await refreshRecords(ctx, portalId);
    });
    await scoring;
    await rescoreBatch(ctx, portalId);
    expect(await placesOf(known)).toEqual([]);
    expect((await getAccount(ctx, portalId, asAccountId(company))).state).toBe("scored");
  });

  it("is not brought back by a score that is being saved at the very moment", async () => {
    const known = "987650006";
    await addMember(known);
    const { snapshotNo } = await beginReading(ctx.db, portalId);
    const row = await ctx.db
      .selectFrom("account_scores")
      .selectAll()
      .where("account_id", "=", company)
      .executeTakeFirstOrThrow();
    expect(row.proof).toContain(known);
    let erasing: Promise<void> = Promise.resolve();
    await ctx.db.transaction().execute(async (trx) => {
      await holdPortal(trx, portalId);
      await deliver("contact.privacyDeletion", known);
      erasing = refreshRecords(ctx, portalId);
      await waitForLock();
      const { models, score, tier, readiness, output } = row;
      const again = { models, score, tier, readiness, output, snapshotNo, scoredAt: now, nextChangeAt: null };
      const move = { replaces: true, scoreFrom: null, tierFrom: null, reasons: [] };
      await saveScores(trx, portalId, [{ accountId: asAccountId(company), proof: row.proof ?? "", ...again, move }]);
    });
    await erasing;
    await rescoreBatch(ctx, portalId);
    expect(await placesOf(known)).toEqual([]);
  });

  it("never stood in the log", () => {
    expect(ctx.rawLog()).not.toMatch(/Needl|Haystack|9876500/);
  });
});
