import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import type { PortalSettings } from "../../hubspot-stand-in/portal.ts";
import { rescoreBatch } from "../../server/accounts/rescore-batch.ts";
import { mostADay, noteRefusals } from "../../server/db/refused-requests.ts";
import { retryRefused } from "../../server/db/write-failures.ts";
import { getSettingsHealth } from "../../server/install/get-settings-health.ts";
import { companyIdAt, plainPortal } from "../support/plain-portal.ts";
import { createQuietPortal, type QuietPortal } from "../support/quiet-portal.ts";

const companies = 300;
/** Three of ten, everywhere. */
const isBad = (place: number) => place % 10 < 3;
const places = Array.from({ length: companies }, (_, place) => place);
const bad = places.filter(isBad).map(companyIdAt);
const writes = "/companies/batch/update";

let portal: QuietPortal;
afterAll(() => portal?.stop());

async function open(
  portalId: number,
  settings: Partial<PortalSettings>,
  values: (place: number) => object = () => ({}),
) {
  const seed = plainPortal({ portalId, companies, peopleEach: 0, nowAt: Date.now() });
  const records = [...seed.records].flatMap((part) => [...part]);
  const own = records.map((record, place) => ({ ...record, properties: { ...record.properties, ...values(place) } }));
  portal = await createQuietPortal({ ...seed, records: [own] }, settings);
  await write();
}

/** Writes until nothing waits, and the sweeper frees nothing. */
async function write(): Promise<void> {
  for (;;) {
    const freed = await retryRefused(portal.ctx.db);
    await rescoreBatch(portal.ctx, portal.portalId);
    const { rows } = await sql<{ n: number }>`
      SELECT count(*)::int AS n FROM account_scores
      WHERE output IS DISTINCT FROM written AND output IS DISTINCT FROM refused`.execute(portal.ctx.db);
    if (rows[0]?.n === 0 && freed === 0) return;
    if (rows[0]?.n !== 0) await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** As if a day had passed since whatever was refused. */
async function nextDay(): Promise<void> {
  await sql`UPDATE write_failures SET failed_at = failed_at - interval '25 hours'`.execute(portal.ctx.db);
  await sql`UPDATE write_rules SET refused_at = refused_at - interval '25 hours'`.execute(portal.ctx.db);
  await sql`UPDATE refused_requests SET since = since - interval '25 hours'`.execute(portal.ctx.db);
}

const rescoreAll = (score: string) =>
  sql`UPDATE account_scores SET output = output || jsonb_build_object('touchstone_score', ${score}::text)`.execute(
    portal.ctx.db,
  );

const forget = () => portal.standIn.requestLog.reset();
const sent = () => {
  const all = portal.standIn.requestLog.entries().filter(({ path }) => path.includes("/batch/"));
  return { requests: all.length, refused: all.filter(({ status }) => status === 400).length };
};
const holders = async (score: string) =>
  (
    await sql<{ id: string }>`
      SELECT account_id AS id FROM account_scores WHERE written ->> 'touchstone_score' = ${score} ORDER BY 1`.execute(
      portal.ctx.db,
    )
  ).rows.map(({ id }) => id);
const countWritten = async () =>
  (await sql`SELECT FROM account_scores WHERE written = output`.execute(portal.ctx.db)).rows.length;
const shownAsRefused = async () => {
  const { figures, failedWrites } = await getSettingsHealth(portal.ctx, portal.portalId);
  return { count: figures.find(({ label }) => label === "Refused by HubSpot")?.value, reasons: failedWrites };
};

describe("a property that an admin's rule wants, and that 3 of 10 companies lack", () => {
  beforeAll(() =>
    open(4_731, { requiredProperties: { companies: ["phone"] } }, (place) => (isBad(place) ? { phone: "" } : {})),
  );
  afterAll(() => portal.stop());

  it("costs one refusal a request that was under way, one reading, and all others are written at once", async () => {
    // Halving takes 141 requests for each hundred, 70 of them refused.
    expect(sent().refused).toBeLessThanOrEqual(5);
    expect(sent().requests).toBeLessThanOrEqual(20);
    expect(await countWritten()).toBe(companies - bad.length);
    const { count, reasons } = await shownAsRefused();
    expect(count).toBe(String(bad.length));
    expect(reasons[0]).toMatchObject({
      name: expect.stringMatching(/^Company /),
      reason: expect.stringContaining('"phone"'),
    });
  });

  it("costs no refusal when results change, nor is anything read again for it", async () => {
    forget();
    await rescoreAll("77");
    await write();
    expect(sent()).toEqual({ requests: 6, refused: 0 });
    expect(await holders("77")).toHaveLength(companies - bad.length);
    expect(await portal.ctx.db.selectFrom("stale_records").select("object_id").execute()).toEqual([]);
  });

  it("is asked for again after a day with one refusal, and whoever has it by then is written", async () => {
    const [repaired = ""] = bad;
    portal.crm.update("companies", repaired, { phone: "+34 600 000 001" });
    await nextDay();
    forget();
    await write();
    expect(sent().refused).toBeLessThanOrEqual(1);
    expect(sent().requests).toBeLessThanOrEqual(4);
    expect(await countWritten()).toBe(companies - bad.length + 1);
  });
});

describe("a property that is wanted of some, as another one says", () => {
  const rules = [{ property: "phone", when: "industry", is: "BANKING" }];
  const industries = ["BANKING", "SOFTWARE", "RETAIL"];
  beforeAll(() =>
    open(4_732, { conditionalProperties: { companies: rules } }, (place) => ({
      industry: industries[place % 3],
      ...(place % 10 < 6 && { phone: "" }),
    })),
  );
  afterAll(() => portal.stop());

  it("is learned as it stands: who lacks it and need not have it is written beside the others", async () => {
    const refused = places.filter((place) => place % 10 < 6 && place % 3 === 0);
    expect((await shownAsRefused()).count).toBe(String(refused.length));
    expect(await countWritten()).toBe(companies - refused.length);
    expect(sent().refused).toBeLessThanOrEqual(6);
    forget();
    await rescoreAll("77");
    await write();
    expect(sent()).toEqual({ requests: 6, refused: 0 });
  });
});

describe("results that HubSpot refuses without a name, of 3 of 10 companies", () => {
  const left = 60;
  beforeAll(async () => {
    await open(4_733, {});
    portal.standIn.faults.add({ kind: "refuseBatch", path: writes, ids: bad, times: Number.MAX_SAFE_INTEGER });
    await noteRefusals(portal.ctx.db, portal.portalId, mostADay - left);
    forget();
    await rescoreAll("77");
    // As if the minutes had passed after which those that were not tried apart are.
    for (let minute = 0; minute < 10; minute++) {
      await write();
      await sql`UPDATE write_failures SET failed_at = failed_at - interval '1 minute'`.execute(portal.ctx.db);
    }
  });
  afterAll(() => portal.stop());

  it("cost what the day still has of refusals, and beside it one for each hundred that HubSpot took before", async () => {
    expect(sent().refused).toBeGreaterThan(left * 0.9);
    expect(sent().refused).toBeLessThanOrEqual(left + 5);
    expect((await holders("77")).length).toBeGreaterThan(0);
    const waiting = companies - (await holders("77")).length;
    expect((await shownAsRefused()).count).toBe(String(waiting));
  });

  it("are not sent again within the day, even when they change, and hold up nobody who was taken", async () => {
    const taken = await holders("77");
    forget();
    await rescoreAll("78");
    await write();
    expect(sent().refused).toBeLessThanOrEqual(1);
    expect(await holders("78")).toEqual(expect.arrayContaining(taken));
  });

  it("are all written once HubSpot takes them, and none was lost", async () => {
    portal.standIn.faults.clear();
    await nextDay();
    forget();
    await write();
    expect(sent().refused).toBe(0);
    expect(await countWritten()).toBe(companies);
    expect((await shownAsRefused()).count).toBe("0");
  });
});
