import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { FaultPlan } from "../../hubspot-stand-in/http/faults.ts";
import { askDatabase } from "../support/ask-database.ts";
import { personIdAt, plainPortal } from "../support/plain-portal.ts";
import { type Results, readResults } from "../support/read-results.ts";
import { resizeAll } from "../support/resize-all.ts";
import { startWorld, type World } from "../support/world.ts";

const nowAt = Date.now();
const companies = 100;
const seed = () => plainPortal({ portalId: 4_711_200, companies, peopleEach: 1, nowAt });
const env = { SETTLE_MS: "100" };
/** Every company's size goes to and fro, so that each change is one batch read and one batch write. */
const sizes = ["700", "30"] as const;
type Size = (typeof sizes)[number];

const reads = "/companies/batch/read";
const writes = "/companies/batch/update";
const passing: readonly { name: string; plans: FaultPlan[] }[] = [
  { name: "a 500 three times over", plans: [{ kind: "serverError", path: "/batch/", times: 3 }] },
  { name: "a proxy's HTML page", plans: [reads, writes].map((path) => ({ kind: "badGateway", path, times: 2 })) },
  { name: "more 502 than one call has patience for", plans: [{ kind: "badGateway", path: "/batch/", times: 6 }] },
  { name: "a connection reset before the work", plans: [reads, writes].map((path) => ({ kind: "resetBefore", path })) },
  { name: "a connection reset after the work", plans: [reads, writes].map((path) => ({ kind: "resetAfter", path })) },
  { name: "an answer cut in the middle", plans: [reads, writes].map((path) => ({ kind: "cutBody", path })) },
  { name: "a write that lands late", plans: [{ kind: "lateApply", path: writes, delayMs: 700 }] },
  { name: "a slow answer", plans: [{ kind: "slow", path: "/batch/", delayMs: 1_500 }] },
  { name: "a locked record", plans: [{ kind: "locked", path: writes }] },
  { name: "a refused token", plans: [{ kind: "unauthorized", path: reads }] },
  { name: "the limit of a second", plans: [{ kind: "searchRateLimit", path: "/batch/", times: 2 }] },
];

describe("a HubSpot that fails and comes back", () => {
  let world: World;
  const clean = new Map<Size, Results>();
  let turn = 0;
  const next = (): Size => sizes[++turn % 2] ?? "30";
  beforeAll(async () => {
    world = await startWorld({ seed: seed(), env });
    await world.install();
    for (const size of sizes) {
      resizeAll(world.crm, companies, size);
      await world.settled();
      clean.set(size, await readResults(world.databaseUrl, world, nowAt));
    }
    expect(clean.get("30")).not.toEqual(clean.get("700"));
    turn = 1;
  });
  afterAll(() => world?.stop());

  it.each(passing)("ends with the right scores after $name", async ({ plans }) => {
    for (const plan of plans) world.standIn.faults.add(plan);
    const size = next();
    resizeAll(world.crm, companies, size);
    await world.settled();
    expect(await readResults(world.databaseUrl, world, nowAt)).toEqual(clean.get(size));
    expect(world.standIn.faults.pending()).toEqual([]);
    expect((await world.app.status()).failedWrites).toBe(0);
  });

  it("replaces a token that ended with one refresh, however many calls meet it", async () => {
    world.standIn.clock.step(31 * 60_000);
    world.standIn.requestLog.reset();
    const size = next();
    resizeAll(world.crm, companies, size);
    for (let index = 0; index < companies; index++)
      world.crm.update("contacts", personIdAt(index), { jobtitle: "Head of Analysis" });
    await world.settled();
    const refreshes = world.standIn.requestLog.entries().filter(({ path }) => path.startsWith("/oauth/"));
    expect(refreshes).toHaveLength(1);
    expect(await readResults(world.databaseUrl, world, nowAt)).not.toEqual(clean.get(size));
    for (let index = 0; index < companies; index++)
      world.crm.update("contacts", personIdAt(index), { jobtitle: "Analyst" });
    await world.settled();
    expect(await readResults(world.databaseUrl, world, nowAt)).toEqual(clean.get(size));
  });

  it("sends next to nothing while the ten seconds of HubSpot's limit run", async () => {
    world.standIn.faults.add({ kind: "rateLimit", path: reads });
    world.standIn.requestLog.reset();
    const startedAt = Date.now();
    const size = next();
    resizeAll(world.crm, companies, size);
    await world.settled();
    expect(Date.now() - startedAt).toBeGreaterThan(9_000);
    const within = world.standIn.requestLog.entries().filter(({ at }) => at < world.standIn.clock.now() - 3_000);
    expect(within.length).toBeLessThanOrEqual(2);
    expect(await readResults(world.databaseUrl, world, nowAt)).toEqual(clean.get(size));
  });

  it("rests for as long as a portal's move between data centres says", async () => {
    world.standIn.faults.add({ kind: "migrating", path: reads, delayMs: 2_000 });
    world.standIn.requestLog.reset();
    const size = next();
    resizeAll(world.crm, companies, size);
    await world.settled();
    const [first, second] = world.standIn.requestLog.entries();
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1_900);
    expect(await readResults(world.databaseUrl, world, nowAt)).toEqual(clean.get(size));
  });

  it("waits for the portal's midnight when the day's limit is used up, and loses nothing", async () => {
    world.standIn.faults.add({ kind: "dailyLimit", path: reads });
    const size = next();
    resizeAll(world.crm, companies, size);
    await world.until("the limit was met", () => world.standIn.faults.pending().length === 0);
    await world.standIn.webhooks.settled();
    world.standIn.requestLog.reset();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(world.standIn.requestLog.total()).toBe(0);
    expect((await world.app.status()).waitingRecords).toBe(companies);
    const paused = await askDatabase<{ until: string }>(
      world.databaseUrl,
      "SELECT paused_until AS until FROM request_budgets WHERE portal_id = $1 AND kind = 'general'",
      [world.portalId],
    );
    const local = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Madrid", hour: "2-digit", minute: "2-digit" });
    expect(local.format(Number(paused[0]?.until))).toMatch(/^00:0[0-2]$/);
    await askDatabase(world.databaseUrl, "UPDATE request_budgets SET paused_until = 0");
    await askDatabase(world.databaseUrl, "UPDATE stale_records SET due_at = now()");
    await world.settled();
    expect(await readResults(world.databaseUrl, world, nowAt)).toEqual(clean.get(size));
  });
});
