import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadModels } from "../../server/accounts/load-models.ts";
import { rescoreBatch } from "../../server/accounts/rescore-batch.ts";
import { rescoreDue } from "../../server/accounts/rescore-due.ts";
import { markDirty, priorities } from "../../server/db/dirty-accounts.ts";
import { nextReadNo } from "../../server/db/records.ts";
import { type Reading, saveToMirror } from "../../server/intake/save-to-mirror.ts";
import { readProof } from "../../server/scoring/read-proof.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

const day = 86_400_000;
const startedAt = 1_795_341_600_000;
let ctx: SmallContext;

beforeAll(async () => {
  ctx = await createSmallContext();
  ctx.clock.now = startedAt;
  await ctx.install();
  ctx.hubspotServer.answer = ({ body }) => {
    const { inputs } = JSON.parse(body) as { inputs: { id: string; properties: Record<string, string> }[] };
    const results = inputs.map(({ id, properties }) => ({
      id,
      properties,
      createdAt: "2026-01-01T00:00:00Z",
      updatedAt: "2026-11-22T00:00:00Z",
      archived: false,
    }));
    return [200, { status: "COMPLETE", results }];
  };
  const properties = { name: "Acme", industry: "COMPUTER_SOFTWARE", numberofemployees: "800", country: "Germany" };
  await save({
    type: "companies",
    found: [
      { objectId: "1001", properties },
      { objectId: "1002", properties: { name: "Quiet" } },
    ],
  });
  const contact = (hour: number) => ({
    jobtitle: "VP of Engineering",
    recent_conversion_date: String(startedAt - hour * 3_600_000),
    recent_conversion_event_name: "Book a demo",
    hs_email_last_open_date: String(startedAt - 9 * day),
    hs_analytics_last_visit_timestamp: String(startedAt - 3 * day),
    hs_analytics_last_url: "https://www.example.com/pricing",
  });
  const ids = ["501", "502"];
  await save({
    type: "contacts",
    found: ids.map((objectId, n) => ({ objectId, properties: contact(n + 1) })),
    linkedIds: ids,
    links: ids.map((fromId) => ({ fromId, toType: "companies", toId: "1001", primary: true })),
  });
  await markDirty(ctx.db, portalId, ["1001", "1002"], priorities.live);
  await rescoreBatch(ctx, portalId);
});
afterAll(() => ctx?.stop());

async function save(reading: Pick<Reading, "type" | "found"> & Partial<Reading>): Promise<void> {
  const readNo = await nextReadNo(ctx.db);
  await ctx.db
    .transaction()
    .execute((trx) => saveToMirror(trx, portalId, { readNo, missing: [], linkedIds: [], links: [], ...reading }));
}

/** The stored score of the account, in words. */
async function stored() {
  const row = await ctx.db
    .selectFrom("account_scores")
    .selectAll()
    .where("account_id", "=", "1001")
    .executeTakeFirstOrThrow();
  const { versions } = await loadModels(ctx.db, portalId);
  const ledgers = await readProof(row.proof ?? "", row.scored_at, versions);
  if (!ledgers) throw new Error("a version of a model is not kept");
  return { ...row, ...ledgers };
}

describe("npm run score", () => {
  it.each(["priority", "readiness"] as const)(
    "prints the ledger that the server stored, for the %s model",
    async (purpose) => {
      const row = await stored();
      const folder = mkdtempSync(path.join(tmpdir(), "touchstone-score-"));
      const file = path.join(folder, "snapshot.json");
      writeFileSync(file, JSON.stringify(row.snapshot));
      const model = row[purpose].model.key;
      const args = ["server/score.ts", "--model", model, "--account", file, "--at", String(row.scored_at)];
      const root = path.resolve(import.meta.dirname, "../..");
      const run = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
      rmSync(folder, { recursive: true });
      expect(run.stderr).toBe("");
      expect(row[purpose].lines.length).toBeGreaterThan(5);
      expect(JSON.parse(run.stdout)).toEqual(row[purpose]);
    },
  );
});

describe("an account whose score changes by time alone", () => {
  it("is left alone before its time", async () => {
    const row = await stored();
    expect(row.next_change_at).toBeGreaterThan(startedAt);
    ctx.clock.now = (row.next_change_at ?? 0) - 1;
    expect(await rescoreDue(ctx)).toBe(0);
  });

  it("is scored again from the mirror when its time has come, with no request to HubSpot but the write", async () => {
    const before = await stored();
    ctx.hubspotServer.requests.length = 0;
    ctx.clock.now = before.next_change_at ?? 0;
    expect(await rescoreDue(ctx)).toBe(1);
    expect(ctx.woken.at(-1)).toEqual(["rescore-batch", portalId]);
    await rescoreBatch(ctx, portalId);
    const after = await stored();
    expect(after.scored_at).toBe(ctx.clock.now);
    expect(after.snapshot_no).toBeGreaterThan(before.snapshot_no);
    expect(after.next_change_at === null || after.next_change_at > ctx.clock.now).toBe(true);
    expect(ctx.hubspotServer.requests.filter(({ path: asked }) => !asked.endsWith("/companies/batch/update"))).toEqual(
      [],
    );
    expect(await rescoreDue(ctx)).toBe(0);
  });

  it("comes to rest when all windows have closed: every step goes forward, and each is one write at most", async () => {
    ctx.hubspotServer.requests.length = 0;
    let steps = 0;
    for (let row = await stored(); row.next_change_at !== null; row = await stored()) {
      expect(row.next_change_at).toBeGreaterThan(ctx.clock.now);
      ctx.clock.now = row.next_change_at;
      expect(await rescoreDue(ctx)).toBe(1);
      await rescoreBatch(ctx, portalId);
      steps += 1;
      expect(steps).toBeLessThan(100);
    }
    const row = await stored();
    expect(row.priority.axes.find((axis) => axis.key === "engagement")?.score).toBe(0);
    expect(ctx.hubspotServer.requests.length).toBeLessThanOrEqual(steps);
    expect(row.written).toEqual(row.output);
  });

  it("is not marked twice while it waits", async () => {
    await ctx.db.updateTable("account_scores").set({ next_change_at: 1 }).execute();
    expect(await rescoreDue(ctx)).toBe(2);
    expect(await rescoreDue(ctx)).toBe(0);
    await rescoreBatch(ctx, portalId);
  });

  it("of a portal that took the app away is left alone", async () => {
    await ctx.db.updateTable("account_scores").set({ next_change_at: 1 }).execute();
    await ctx.db.updateTable("portals").set({ status: "disconnected" }).execute();
    expect(await rescoreDue(ctx)).toBe(0);
  });
});
