import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { TodayView } from "@touchstone/shared/home-api.ts";
import type { SeedData } from "../../../hubspot-stand-in/seed-data.ts";
import { type ClockedWorld, startClockedWorld } from "../../support/clocked-world.ts";
import { companyIdAt, personIdAt, plainPortal } from "../../support/plain-portal.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** 10:00 in Madrid, where the portal is. */
const tenOClock = Date.UTC(2026, 10, 3, 9);
const [target, ready] = [companyIdAt(0), companyIdAt(1)];

describe("The list of today", () => {
  let world: ClockedWorld;
  beforeAll(async () => {
    world = await startClockedWorld(seed(), tenOClock);
    await world.install();
  });
  afterAll(() => world.stop());

  it("says what an empty list means", async () => {
    expect(await today()).toMatchObject({
      lines: [],
      summary: "Nothing is due.",
      empty: { title: "Nobody to call right now" },
    });
  });

  it("puts the account whose clock runs first, with whom to call, why and how long there is", async () => {
    world.crm.update("contacts", personIdAt(0), demoRequest());
    await world.until("the hot account is listed", async () => (await today()).lines.length === 1);
    const { lines, summary, empty } = await today();
    expect([summary, empty]).toEqual(["1 hot.", null]);
    expect(lines[0]).toMatchObject({
      companyId: target,
      company: "Company 0",
      kind: "hot",
      rank: 1,
      why: "Somebody at this target account asked for a demo.",
      person: "Ana Ruiz, CTO",
      evidence: ["Ana Ruiz, CTO, asked for a demo (Demo request), 3 Nov 2026"],
      due: "until 4 Nov 2026, 10:00 (Europe/Madrid)",
      lastTouch: "None in 30 days",
      recordUrl: `https://app.hubspot.com/contacts/4712/record/0-2/${target}`,
    });
    expect(lines[0]?.timeLeft).toMatch(/^23 h left$/);
  });

  it("lists after it whoever is ready for a call, and says what was done last", async () => {
    world.crm.update("contacts", personIdAt(1), {
      ...demoRequest(),
      hs_email_last_open_date: iso(-dayMs),
      hs_email_last_reply_date: iso(-dayMs),
      hs_email_open: "3",
    });
    world.crm.create("contacts", { jobtitle: "Analyst", hs_email_last_open_date: iso(-dayMs) }, [
      { type: "companies", id: ready, primary: true },
    ]);
    logCall(ready, -20 * dayMs);
    await world.until("it is ready", async () => ((await world.view(ready)).readiness?.score ?? 0) >= 4);
    await world.until("it is listed", async () =>
      (await today()).lines.some((line) => line.lastTouch === "Call, 14 Oct 2026"),
    );
    const { lines, summary } = await today();
    expect(lines.map(({ companyId, kind, rank }) => [companyId, kind, rank])).toEqual([
      [target, "hot", 1],
      [ready, "call", 2],
    ]);
    expect(summary).toBe("1 hot, 1 more to call.");
    expect(lines[1]).toMatchObject({ timeLeft: null, due: null });
  });

  it("leaves out whoever somebody reached out to this week, and says so", async () => {
    logCall(ready, -hourMs);
    await world.until("it is in work", async () => (await today()).leftOut !== "");
    const { lines, leftOut } = await today();
    expect(lines.map(({ companyId }) => companyId)).toEqual([target]);
    expect(leftOut).toBe("1 ready account is in work: somebody reached out in the last 7 days.");
  });

  it("says by how much a clock is over", async () => {
    world.step(dayMs + 3 * hourMs);
    expect(await today()).toMatchObject({
      summary: "1 over its time.",
      lines: [{ kind: "over", timeLeft: "3 h over", due: "was due 4 Nov 2026, 10:00 (Europe/Madrid)" }],
    });
  });

  it("cuts names and titles that are longer than a line", async () => {
    world.crm.update("contacts", personIdAt(0), { jobtitle: "Head of ".repeat(4_000) });
    world.crm.update("companies", target, { name: "N".repeat(30_000) });
    await world.until(
      "the long name is here",
      async () => (await today()).lines[0]?.company.startsWith("NNN") === true,
    );
    await world.until(
      "the long title is here",
      async () => (await today()).lines[0]?.person?.includes("Head of") === true,
    );
    const [line] = (await today()).lines;
    expect(line?.company).toBe(`${"N".repeat(119)}…`);
    expect(line?.person?.length).toBeLessThanOrEqual(120);
    expect(JSON.stringify(await today()).length).toBeLessThan(3_000);
  });

  it("forgets an account whose clock was stopped with a reason", async () => {
    const answer = await world.ask(`/api/accounts/${target}/hot/excuse`, "POST", {
      reason: "in_contact",
      route: "hold",
    });
    expect(answer.status).toBe(200);
    expect((await today()).lines.filter(({ kind }) => kind !== "call")).toEqual([]);
  });

  const today = async () => (await (await world.ask("/api/home/today")).json()) as TodayView;
  const iso = (ms: number) => new Date(world.now() + ms).toISOString();
  const demoRequest = () => ({
    recent_conversion_event_name: "Demo request",
    recent_conversion_date: new Date(world.now()).toISOString(),
  });
  const logCall = (companyId: string, ms: number) =>
    world.crm.create("calls", { hs_timestamp: iso(ms), hs_call_direction: "OUTBOUND", hs_call_status: "COMPLETED" }, [
      { type: "companies", id: companyId },
    ]);
});

function seed(): SeedData {
  const plain = plainPortal({ portalId: 4712, companies: 3, peopleEach: 1, nowAt: tenOClock });
  const records = [...plain.records].map((batch) =>
    [...batch].map((record) => {
      if (record.id === target)
        return { ...record, properties: { ...record.properties, hs_is_target_account: "true" } };
      if (record.id !== personIdAt(0)) return record;
      return { ...record, properties: { firstname: "Ana", lastname: "Ruiz", jobtitle: "CTO" } };
    }),
  );
  return { ...plain, records };
}
