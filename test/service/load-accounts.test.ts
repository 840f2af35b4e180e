import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import { asAccountId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { loadBatch } from "../../server/accounts/load-batch.ts";
import { rescoreBatch } from "../../server/accounts/rescore-batch.ts";
import { markDirty, priorities } from "../../server/db/dirty-accounts.ts";
import { publishModel } from "../../server/models/publish-model.ts";
import { mapPerson } from "../../server/programme/committee/map-person.ts";
import { untilLockWaits } from "../support/until-lock-waits.ts";
import { template } from "./models/models-api-under-test.ts";
import { addCompanies } from "./signals/a-portal-with-companies.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

const day = 86_400_000;
let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
  await addCompanies(ctx.db, portalId, [
    { id: "101", people: ["501", "502"] },
    { id: "102", people: ["503"] },
  ]);
});
afterAll(() => ctx?.stop());

const load = async (account: string, since = 0): Promise<AccountSnapshot | undefined> =>
  (await loadBatch(ctx.db, portalId, [asAccountId(account)], since)).get(asAccountId(account))?.();

/** `count` signals of a person, or without one of account 101, an hour apart from `at` backwards. */
const send = (kind: string, count: number, personId: string | null, at = ctx.now()) =>
  sql`
    INSERT INTO signals (portal_id, signal_key, kind, person_id, account_id, at, source, origin)
    SELECT ${portalId}::bigint, concat_ws(':', ${kind}::text, ${personId}::text, n), ${kind}, ${personId}::text,
      CASE WHEN ${personId}::text IS NULL THEN '101' END, ${at}::bigint - n * 3600000::bigint, 'feed', 'key:1'
    FROM generate_series(1, ${count}::int) n`.execute(ctx.db);

describe("what a snapshot takes of signals without number", () => {
  it("is the newest five hundred of a kind, whoever sent them, and says so", async () => {
    await send("topic_research", 700, null);
    await send("page_visit", 3_000, "501");
    await send("page_visit", 400, "502", ctx.now() + 1_800_000);
    await send("demo_request", 2, "501", ctx.now() - 300 * day);
    const snapshot = await load("101");
    const of = (kind: string) => (snapshot?.signals ?? []).filter((signal) => signal.kind === kind);
    expect(of("topic_research").map((signal) => signal.at)).toEqual(
      Array.from({ length: 500 }, (_, n) => ctx.now() - (500 - n) * 3_600_000),
    );
    expect(of("page_visit")).toHaveLength(500);
    expect(Math.min(...of("page_visit").map((signal) => signal.at))).toBe(ctx.now() - 250 * 3_600_000);
    expect(of("demo_request")).toHaveLength(2);
    expect(snapshot?.cutKinds).toEqual(["page_visit", "topic_research"]);
  });

  it("is the same whatever else is read beside it", async () => {
    const both = await loadBatch(ctx.db, portalId, [asAccountId("102"), asAccountId("101")], 0);
    expect(JSON.stringify(both.get(asAccountId("101"))?.())).toBe(JSON.stringify(await load("101")));
    expect(both.get(asAccountId("102"))?.()).not.toHaveProperty("cutKinds");
  });

  it("leaves muted sources out before it counts", async () => {
    await ctx.db.insertInto("muted_sources").values({ portal_id: portalId, source: "feed", muted_by: "77" }).execute();
    expect(await load("101")).toMatchObject({ signals: [] });
    await ctx.db.deleteFrom("muted_sources").execute();
  });
});

describe("what a snapshot takes of people", () => {
  const archive = (archived: boolean) =>
    sql`UPDATE crm_records SET archived = ${archived} WHERE object_type = 'contacts' AND object_id = '502'`.execute(
      ctx.db,
    );

  it("is nothing of one who was deleted, nor of their signals, though the link is still there", async () => {
    expect((await load("101"))?.signals.some(({ personId }) => personId === "502")).toBe(true);
    await archive(true);
    const left = await load("101");
    expect(left?.people.map(({ id }) => id)).toEqual(["501"]);
    expect(left?.signals.some(({ personId }) => personId === "502")).toBe(false);
    await archive(false);
  });

  it("has the roles that somebody gave them until they are said to have left, which has the account scored again", async () => {
    const rolesAfter = async (said: object) => {
      await ctx.db.deleteFrom("dirty_accounts").execute();
      await mapPerson(ctx, portalId, asAccountId("101"), "77", { personId: "502", ...said });
      const dirty = await ctx.db.selectFrom("dirty_accounts").select("account_id").execute();
      expect(dirty).toEqual([{ account_id: "101" }]);
      return (await load("101"))?.people.find(({ id }) => id === "502")?.roles;
    };
    expect(await rolesAfter({ roles: ["champion"] })).toEqual(["champion"]);
    await sql`UPDATE crm_records SET properties = properties || '{"hs_buying_role":"BLOCKER"}' WHERE object_id = '502'`.execute(
      ctx.db,
    );
    expect((await load("101"))?.people.find(({ id }) => id === "502")?.roles).toEqual(["blocker", "champion"]);
    // Whatever HubSpot still says of them.
    expect(await rolesAfter({ departed: true })).toEqual([]);
    await sql`UPDATE crm_records SET properties = properties - 'hs_buying_role' WHERE object_id = '502'`.execute(
      ctx.db,
    );
    expect(await rolesAfter({ departed: false })).toEqual(["champion"]);
    await rolesAfter({ roles: [] });
    await ctx.db.deleteFrom("dirty_accounts").execute();
  });

  it("is nothing new of somebody who is being erased while they are given a role", async () => {
    let mapped: Promise<unknown> = Promise.resolve();
    await ctx.db.transaction().execute(async (trx) => {
      // As `erasePerson` begins.
      await sql`SELECT FROM portals WHERE portal_id = ${portalId} FOR UPDATE`.execute(trx);
      await sql`UPDATE portals SET erasures = erasures + 1 WHERE portal_id = ${portalId}`.execute(trx);
      mapped = mapPerson(ctx, portalId, asAccountId("101"), "77", { personId: "501", influence: 3 }).catch(
        (error: unknown) => error,
      );
      await untilLockWaits(ctx.db);
    });
    expect(await mapped).toMatchObject({ status: 409 });
    const { rows } = await sql`SELECT FROM committee_members WHERE person_id = '501'`.execute(ctx.db);
    expect(rows).toEqual([]);
  });

  it("is each by themselves, whatever was typed into a title", async () => {
    const typed = "CTO\x1f999\x1d998\x1eVP";
    await sql`
      UPDATE crm_records SET properties = properties || jsonb_build_object('jobtitle', ${typed}::text)
      WHERE object_type = 'contacts' AND object_id = '501'`.execute(ctx.db);
    const people = (await load("101"))?.people ?? [];
    expect(people.map(({ id }) => id)).toEqual(["501", "502"]);
    expect(people[0]?.seniority).toBe("vp");
  });
});

describe("how far back a snapshot looks", () => {
  it("follows the longest window of the active models, up to two years", async () => {
    await send("meeting_held", 1, "503", ctx.now() - 700 * day);
    ctx.hubspotServer.answer = () => [200, { status: "COMPLETE", results: [] }];
    const seen = async () => {
      await markDirty(ctx.db, portalId, ["102"], priorities.live);
      await rescoreBatch(ctx, portalId);
      return (await ctx.db.selectFrom("dirty_accounts").select("account_id").execute()).length;
    };
    expect(await seen()).toBe(0);
    const before = await ctx.db.selectFrom("account_scores").select("score").where("account_id", "=", "102").execute();
    const model = structuredClone(template("playbook-100"));
    for (const criterion of model.criteria) if ("windowDays" in criterion) criterion.windowDays = 730;
    await publishModel(ctx, portalId, "77", { model });
    expect(await seen()).toBe(0);
    const after = await ctx.db.selectFrom("account_scores").select("score").where("account_id", "=", "102").execute();
    expect(after[0]?.score).toBeGreaterThan(before[0]?.score ?? Number.POSITIVE_INFINITY);
  });
});
