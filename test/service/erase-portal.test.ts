import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { asPortalId, type PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { forgetStrayBudgets, pauseRequests } from "../../server/db/budgets.ts";
import { disconnectPortal, erasePortal, holdPortal } from "../../server/db/portals.ts";
import { nextReadNo } from "../../server/db/records.ts";
import { PortalDisconnected } from "../../server/errors.ts";
import { disconnectAtRequest, removePortal } from "../../server/install/remove-portal.ts";
import { saveToMirror } from "../../server/intake/save-to-mirror.ts";
import { createSmallContext, type SmallContext } from "./small-context.ts";

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
});
afterAll(() => ctx?.stop());
const [gone, kept] = [asPortalId(111), asPortalId(222)];

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

/** Every column of every table that belongs to a portal, as the database itself lists them. */
async function portalColumns(): Promise<Map<string, Column[]>> {
  const { rows } = await sql<Column>`
    SELECT c.table_name AS table, c.column_name AS column, c.udt_name AS type FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER' AND c.identity_generation IS NULL
    ORDER BY c.table_name, c.ordinal_position`.execute(ctx.db);
  const all = Map.groupBy(rows, (row) => row.table);
  return new Map([...all].filter(([, columns]) => columns.some(({ column }) => column === "portal_id")));
}

/** The first value that a column's own check allows, as the database itself tells it; a portal is to be disconnected. */
async function allowedValues(): Promise<Map<string, string>> {
  const { rows } = await sql<{ place: string; value: string }>`
    SELECT r.relname || '.' || a.attname AS place, (regexp_match(pg_get_constraintdef(c.oid), '''([^'']+)''::text'))[1] AS value
    FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND c.conkey = ARRAY[a.attnum]
    WHERE c.contype = 'c' AND pg_get_constraintdef(c.oid) LIKE '%= ANY (ARRAY[%'`.execute(ctx.db);
  return new Map([...rows.map(({ place, value }) => [place, value] as const), ["portals.status", "disconnected"]]);
}

const byType: Readonly<Record<string, string>> = {
  text: "x",
  int8: "1",
  int4: "1",
  int2: "1",
  float8: "1",
  bool: "true",
  json: "{}",
  jsonb: "{}",
  uuid: "00000000-0000-4000-8000-000000000001",
  timestamptz: "2026-11-22T10:00:00Z",
};

/** Hashes of secrets are unique over all portals. */
function cellOf(type: string, portal: PortalId): string | null {
  if (type === "bytea") return `\\x${portal.toString(16).padStart(8, "0")}`;
  return type.startsWith("_") ? "{}" : (byType[type] ?? null);
}

/** One row in every table. */
async function seed(portal: PortalId): Promise<void> {
  const allowed = await allowedValues();
  for (const [table, columns] of await portalColumns()) {
    const values = columns.map(({ column, type }) =>
      column === "portal_id" ? String(portal) : (allowed.get(`${table}.${column}`) ?? cellOf(type, portal)),
    );
    const names = sql.join(columns.map(({ column }) => sql.ref(column)));
    const cast = sql.join(columns.map(({ type }, n) => sql`${values[n]}::${sql.raw(type)}`));
    await sql`INSERT INTO ${sql.table(table)} (${names}) VALUES (${cast}) ON CONFLICT DO NOTHING`.execute(ctx.db);
  }
  await sql`UPDATE portals SET uninstall_due_at = NULL WHERE portal_id = ${portal}`.execute(ctx.db);
}

async function rowsOf(portal: PortalId): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of (await portalColumns()).keys()) {
    const { rows } = await sql<{
      n: number;
    }>`SELECT count(*)::int AS n FROM ${sql.table(table)} WHERE portal_id = ${portal}`.execute(ctx.db);
    counts[table] = rows[0]?.n ?? -1;
  }
  return counts;
}
const everyTable = (counts: Record<string, number>, n: number) =>
  Object.fromEntries(Object.keys(counts).map((table) => [table, n]));

describe("removing a portal", () => {
  it("leaves no row of it in any table, and every row of another one", async () => {
    await seed(gone);
    await seed(kept);
    const before = await rowsOf(gone);
    expect(before).toEqual(everyTable(before, 1));
    expect(Object.keys(before).length).toBeGreaterThanOrEqual(15);
    await removePortal(ctx, gone);
    expect(await rowsOf(gone)).toEqual(everyTable(before, 0));
    expect(await rowsOf(kept)).toEqual(everyTable(before, 1));
  });

  it("goes step by step: a turn that is over leaves the rest to the next one", async () => {
    await seed(gone);
    expect(await erasePortal(ctx.db, gone, performance.now() - 1)).toBe("more");
    expect(Object.values(await rowsOf(gone)).every((n) => n === 1)).toBe(true);
    expect(await erasePortal(ctx.db, gone, performance.now() + 60_000)).toBe("gone");
    expect(Object.values(await rowsOf(gone)).every((n) => n === 0)).toBe(true);
  });

  it("takes more rows than one step does", async () => {
    await seed(gone);
    await sql`
      INSERT INTO dirty_accounts (portal_id, account_id, priority)
      SELECT ${gone}::bigint, n::text, 0 FROM generate_series(1, 25000) n`.execute(ctx.db);
    await removePortal(ctx, gone);
    expect(Object.values(await rowsOf(gone)).every((n) => n === 0)).toBe(true);
  });

  it("a second time changes nothing", async () => {
    await removePortal(ctx, gone);
    expect(Object.values(await rowsOf(gone)).every((n) => n === 0)).toBe(true);
  });

  it("does not happen when it was installed again before the job came", async () => {
    await ctx.install(gone);
    await removePortal(ctx, gone);
    expect((await rowsOf(gone)).portals).toBe(1);
  });

  it("does not happen when it is being installed again at the very moment", async () => {
    await ctx.db.updateTable("portals").set({ status: "disconnected" }).where("portal_id", "=", gone).execute();
    let removing: Promise<void> = Promise.resolve();
    await ctx.db.transaction().execute(async (trx) => {
      await trx.updateTable("portals").set({ status: "preparing" }).where("portal_id", "=", gone).execute();
      removing = removePortal(ctx, gone);
      await new Promise((resolve) => setTimeout(resolve, 50));
    });
    await removing;
    expect((await rowsOf(gone)).portals).toBe(1);
  });
});

describe("work that is under way while its portal is removed", () => {
  it("is waited for, and what it saved goes too", async () => {
    await ctx.install(gone);
    const readNo = await nextReadNo(ctx.db);
    let removing: Promise<void> = Promise.resolve();
    await ctx.db.transaction().execute(async (trx) => {
      await holdPortal(trx, gone);
      await ctx.db.updateTable("portals").set({ status: "disconnected" }).where("portal_id", "=", gone).execute();
      removing = removePortal(ctx, gone);
      await new Promise((resolve) => setTimeout(resolve, 50));
      const found = [{ objectId: "1", properties: { jobtitle: "CTO" } }];
      await saveToMirror(trx, gone, { type: "contacts", readNo, found, missing: [], linkedIds: [], links: [] });
    });
    await removing;
    expect(Object.values(await rowsOf(gone)).every((n) => n === 0)).toBe(true);
  });

  it("leaves no trace of the request that it was about to make", async () => {
    await ctx.install(kept);
    for (const portal of [gone, kept]) await pauseRequests(ctx.db, portal, "search", 1_000, "the limit was reached");
    await forgetStrayBudgets(ctx.db);
    expect((await rowsOf(gone)).request_budgets).toBe(0);
    expect((await rowsOf(kept)).request_budgets).toBeGreaterThan(0);
  });

  it("is refused when it comes afterwards", async () => {
    const late = ctx.db.transaction().execute((trx) => holdPortal(trx, gone));
    await expect(late).rejects.toBeInstanceOf(PortalDisconnected);
  });
});

describe("an admin who disconnects", () => {
  const told = () => ctx.hubspotServer.requests.map(({ method, path }) => [method, path.split("/").at(-1)]);
  const rowOf = () => ctx.db.selectFrom("portals").selectAll().where("portal_id", "=", gone).executeTakeFirst();
  const uninstall = ["DELETE", "external-install"];
  /** As five minutes later. */
  const wait = () =>
    sql`UPDATE portals SET uninstall_due_at = now() WHERE uninstall_due_at IS NOT NULL AND portal_id = ${gone}`.execute(
      ctx.db,
    );
  beforeEach(async () => {
    await ctx.install(gone);
    ctx.hubspotServer.requests.length = 0;
    ctx.hubspotServer.answer = () => [200, {}];
    await ctx.db.deleteFrom("request_budgets").execute();
  });

  it("has all work stopped at once, HubSpot told and everything removed by the job; twice is once", async () => {
    expect(await disconnectAtRequest(ctx, gone)).toMatch(/is being deleted.*HubSpot is told within a minute/);
    await disconnectAtRequest(ctx, gone);
    expect(await rowOf()).toMatchObject({ status: "disconnected", removal_wanted: true });
    await expect(ctx.hubspot.readAccountDetails(gone, "webhook")).rejects.toBeInstanceOf(PortalDisconnected);
    expect(told()).toEqual([]);
    expect(ctx.woken.at(-1)).toEqual(["remove-portal", gone]);
    await removePortal(ctx, gone);
    await removePortal(ctx, gone);
    expect(told()).toEqual([uninstall]);
    expect(Object.values(await rowsOf(gone)).every((n) => n === 0)).toBe(true);
  });

  it("while the portal pauses reads so, and HubSpot is told all the same", async () => {
    await pauseRequests(ctx.db, gone, "general", 3_600_000, "daily");
    expect(await disconnectAtRequest(ctx, gone)).toMatch(/still lists Touchstone.*every five minutes.*there yourself/);
    expect(await rowOf()).toMatchObject({ status: "disconnected" });
    await removePortal(ctx, gone);
    expect(told()).toEqual([uninstall]);
    expect(await rowOf()).toBeUndefined();
  });

  it("of whom HubSpot cannot be told has the data removed at once, and the tokens kept for telling it and nothing else", async () => {
    ctx.hubspotServer.answer = () => [429, { policyName: "DAILY" }];
    await disconnectAtRequest(ctx, gone);
    await removePortal(ctx, gone);
    await removePortal(ctx, gone);
    expect(told()).toEqual([uninstall]);
    expect(await rowsOf(gone)).toMatchObject({ portals: 1, portal_models: 0 });
    expect(await rowOf()).toMatchObject({ status: "disconnected", refresh_token: expect.any(String) });
    await expect(ctx.hubspot.readAccountDetails(gone, "webhook")).rejects.toBeInstanceOf(PortalDisconnected);
    ctx.hubspotServer.answer = () => [204, {}];
    await wait();
    await removePortal(ctx, gone);
    expect(told()).toEqual([uninstall, uninstall]);
    expect(await rowOf()).toBeUndefined();
  });

  it.each([
    ["will not have it", 403, "now()"],
    ["cannot be told for thirty days", 429, "now() - interval '31 days'"],
  ])("of whom HubSpot %s leaves no token behind, and its operator learns it", async (_what, status, since) => {
    ctx.hubspotServer.answer = () => [status, { category: "MISSING_SCOPES", policyName: "DAILY", message: "no" }];
    await disconnectAtRequest(ctx, gone);
    await sql`UPDATE portals SET disconnected_at = ${sql.raw(since)} WHERE portal_id = ${gone}`.execute(ctx.db);
    await removePortal(ctx, gone);
    expect(await rowOf()).toBeUndefined();
    expect(ctx.lines.at(-2)).toMatchObject({ level: "error", msg: expect.stringContaining("still lists the app") });
  });

  it("whose tokens can no longer be opened has the data removed all the same", async () => {
    await sql`UPDATE portals SET access_token = 'x', refresh_token = 'x' WHERE portal_id = ${gone}`.execute(ctx.db);
    await disconnectAtRequest(ctx, gone);
    await expect(removePortal(ctx, gone)).rejects.toThrow("needs the key");
    expect(await rowsOf(gone)).toMatchObject({ portals: 1, portal_models: 0 });
    await sql`UPDATE portals SET disconnected_at = now() - interval '31 days' WHERE portal_id = ${gone}`.execute(
      ctx.db,
    );
    await wait();
    await removePortal(ctx, gone);
    expect(await rowOf()).toBeUndefined();
  });

  it("is not overruled by work under way that finds the grant gone a moment later", async () => {
    await disconnectAtRequest(ctx, gone);
    const before = await rowOf();
    expect(before?.removal_wanted).toBe(true);
    await disconnectPortal(ctx.db, gone, "HubSpot no longer accepts our grant: the app was uninstalled.");
    expect(await rowOf()).toEqual(before);
  });

  it("and installs again before HubSpot was told keeps the new connection", async () => {
    await disconnectAtRequest(ctx, gone);
    await ctx.install(gone);
    await wait();
    await removePortal(ctx, gone);
    expect(told()).toEqual([]);
    expect(await rowOf()).toMatchObject({ status: "ready", uninstall_due_at: null, refresh_token: expect.any(String) });
  });

  it("who had taken the app out in HubSpot already is disconnected all the same", async () => {
    ctx.hubspotServer.answer = () => [404, { message: "not installed" }];
    await disconnectAtRequest(ctx, gone);
    await removePortal(ctx, gone);
    expect(await rowOf()).toBeUndefined();
  });
});
