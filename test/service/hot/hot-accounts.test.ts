import { afterEach, describe, expect, it } from "@jest/globals";
import type { TodayView } from "@touchstone/shared/home-api.ts";
import { askDatabase } from "../../support/ask-database.ts";
import { type ClockedWorld, startClockedWorld } from "../../support/clocked-world.ts";
import { companyIdAt, personIdAt } from "../../support/plain-portal.ts";
import {
  alertOf,
  askForDemo,
  company,
  demoRequest,
  hotSeed,
  links,
  list,
  lookForTasks,
  person,
  running,
  startPortal,
  tasksOf,
  tenOClock,
} from "./hot-world.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

describe("A hot account", () => {
  let world: ClockedWorld;
  afterEach(() => world.stop());

  it("has its outreach clock met at 09:59 of the next day, with one task for the owner (T24)", async () => {
    world = await startPortal();
    await askForDemo(world);
    const alert = await running(world);
    expect(alert.dueAt - alert.crossedAt).toBe(dayMs);
    expect(alert.dueText).toBe("Wed 4 Nov, 10:00 (Europe/Madrid)");
    expect(alert.evidence[0]?.text).toBe("Ana Ruiz, CTO, asked for a demo (Demo request)");
    expect((await world.view(company)).hot).toMatchObject({ dueAt: alert.dueAt, missed: false });
    await world.until("the task is made", () => tasksOf(world.crm).length > 0);
    world.step(alert.dueAt - minuteMs - world.now());
    const calledAt = call(world, "OUTBOUND");
    await world.until("the clock stops", async () => (await alertOf(world))?.state === "met");
    expect((await alertOf(world))?.outreach).toEqual({ at: calledAt, kind: "call" });
    expect((await world.view(company)).hot).toBeNull();
    expect(tasksOf(world.crm)).toHaveLength(1);
    expect(tasksOf(world.crm)[0]).toMatchObject({
      hubspot_owner_id: "1",
      hs_timestamp: new Date(alert.dueAt).toISOString(),
    });
    expect(tasksOf(world.crm)[0]?.hs_task_body).toContain("Ana Ruiz, CTO, asked for a demo");
  });

  it("is missed when the time is over, and late when somebody calls at 10:01 (T24)", async () => {
    world = await startPortal();
    await askForDemo(world);
    await running(world);
    world.step(dayMs + minuteMs);
    expect(await alertOf(world)).toMatchObject({ state: "missed", leftMs: 0 });
    call(world, "OUTBOUND");
    await world.until("the clock stops", async () => (await alertOf(world))?.state === "late");
  });

  it("goes on waiting when only an automated email was sent, or the other side called (T25)", async () => {
    world = await startPortal();
    await askForDemo(world);
    await running(world);
    world.step(60 * minuteMs);
    call(world, "INBOUND");
    await email(world, { hs_sequence_id: "77" });
    await world.wake("tend-hot-accounts");
    await world.settled();
    expect(await alertOf(world)).toMatchObject({ state: "open", outreach: null });
  });

  it("is met by a person's email at the time it was sent, though it is found a quarter of an hour later, after the time", async () => {
    world = await startPortal();
    await askForDemo(world);
    const alert = await running(world);
    world.step(alert.dueAt - minuteMs - world.now());
    const sentAt = await email(world, {});
    await world.until("the email stops it", async () => (await alertOf(world))?.state === "met");
    expect((await alertOf(world))?.outreach).toEqual({ at: sentAt, kind: "email" });
  });

  it("gets one task although the answer to the request was lost", async () => {
    world = await startPortal();
    world.standIn.faults.add({ kind: "resetAfter", method: "POST", path: "/objects/" });
    await askForDemo(world);
    await world.until("the task stands in HubSpot", () => tasksOf(world.crm).length === 1);
    await lookForTasks(world);
    await world.until("it is found", async () => (await alertOf(world))?.task === "made");
    expect(tasksOf(world.crm)).toHaveLength(1);
  });

  it("is excused with a reason, and hot again when somebody asks for a demo after that", async () => {
    world = await startPortal();
    await askForDemo(world);
    await running(world);
    const path = `/api/accounts/${company}/hot/excuse`;
    const bad = await world.ask(path, "POST", { reason: "because" });
    expect(bad.status).toBe(400);
    const excused = await world.ask(path, "POST", { reason: "open_deal" });
    expect(await excused.json()).toMatchObject({
      alert: { state: "excused", excuse: { reason: "A deal is under way" }, route: "sales", leftMs: null },
    });
    expect((await world.ask(path, "POST", { reason: "open_deal" })).status).toBe(200);
    world.crm.update("contacts", person, { jobtitle: "CIO" });
    await world.settled();
    expect((await list(world)).alerts).toHaveLength(1);
    world.step(3 * dayMs);
    await askForDemo(world);
    await world.until("a second alert", async () => (await list(world)).alerts.length === 2);
    expect((await list(world)).counts).toMatchObject({ open: 1, excused: 1 });
    await world.until("its task", () => tasksOf(world.crm).length === 2);
  });

  it("has one clock for what is asked while it runs, and another for what was asked after the answer", async () => {
    world = await startPortal();
    await askForDemo(world);
    await running(world);
    world.step(60 * minuteMs);
    const calledAt = world.now();
    world.step(60 * minuteMs);
    await askForDemo(world);
    await world.settled();
    expect((await list(world)).alerts).toHaveLength(1);
    call(world, "OUTBOUND", calledAt);
    await world.until("the second request raises its own", async () => (await list(world)).alerts.length === 2);
    expect((await list(world)).counts).toMatchObject({ open: 1, met: 1 });
    world.step(minuteMs);
    await askForDemo(world);
    world.step(minuteMs);
    call(world, "OUTBOUND");
    await world.until("the clock stops", async () => (await list(world)).counts.met === 2);
    await world.settled();
    expect((await list(world)).alerts).toHaveLength(2);
  });

  it("is hot again after the re-arm time although nobody answered, and one call answers both", async () => {
    world = await startPortal();
    await askForDemo(world);
    await running(world);
    world.step(15 * dayMs);
    await world.wake("tend-hot-accounts");
    await world.settled();
    expect((await alertOf(world))?.state).toBe("missed");
    await askForDemo(world);
    await world.until("a second alert", async () => (await list(world)).alerts.length === 2);
    await world.until("its task", () => tasksOf(world.crm).length === 2);
    const today = (await (await world.ask("/api/home/today")).json()) as TodayView;
    expect(today.lines.map(({ companyId, kind }) => [companyId, kind])).toEqual([[company, "hot"]]);
    world.step(minuteMs);
    call(world, "OUTBOUND");
    await world.until("the clock stops", async () => (await alertOf(world))?.state === "met");
    expect((await list(world)).counts).toMatchObject({ met: 1, late: 1 });
  });

  it("is raised by six points of readiness and a fitting company, once however it wavers (T04, T05)", async () => {
    world = await startPortal();
    const at = (daysAgo: number) => new Date(world.now() - daysAgo * dayMs).toISOString();
    const fits = companyIdAt(1);
    world.crm.update("companies", fits, { industry: "COMPUTER_SOFTWARE", numberofemployees: "400" });
    const second = world.crm.create("contacts", { jobtitle: "Analyst", hs_email_last_open_date: at(2) }, [
      { type: "companies", id: fits, primary: true },
    ]);
    world.crm.update("contacts", personIdAt(1), { hs_email_last_open_date: at(1), ...download(at(1)) });
    await world.until("five points", async () => (await world.view(fits)).readiness?.score === 5);
    expect((await list(world)).alerts).toEqual([]);
    world.crm.update("contacts", second, { hs_email_last_reply_date: at(0) });
    await world.until("an alert", async () => (await list(world)).alerts.length === 1);
    const [alert] = (await list(world)).alerts;
    expect(alert).toMatchObject({ companyId: fits, reason: "Readiness rose to 6, and the account fits." });
    const asked = (await world.view(fits)).actions.map(({ key, due, reason }) => [key, due, reason]);
    expect(asked).toEqual([
      ["call", true, "6 points, from 4 on"],
      ["handoff", true, "6 points, from 6 on"],
      ["opportunity_expected", false, "6 points, needs 7"],
    ]);
    world.crm.delete("contacts", second);
    await world.until("fewer points", async () => ((await world.view(fits)).readiness?.score ?? 9) < 6);
    world.crm.restore("contacts", second);
    await world.until("six again", async () => (await world.view(fits)).readiness?.score === 6);
    await world.settled();
    expect((await list(world)).alerts).toHaveLength(1);
    await world.until("its task", () => world.crm.linked({ type: "companies", id: fits }, "tasks").length > 0);
    expect(world.crm.linked({ type: "companies", id: fits }, "tasks")).toHaveLength(1);
  });

  it("raises no alarm at installation, however hot it is already", async () => {
    world = await startClockedWorld(hotSeed(), tenOClock);
    world.crm.update("contacts", person, { ...demoRequest(world.now() - dayMs) });
    await world.install();
    expect((await list(world)).alerts).toEqual([]);
    expect(tasksOf(world.crm)).toEqual([]);
  });

  it("follows a rule that the installer changes, and nobody overwrites another's change", async () => {
    world = await startPortal();
    const read = async () => (await world.ask("/api/hot/rule")).json() as Promise<{ rule: object; version: number }>;
    const { rule, version } = await read();
    expect(version).toBe(0);
    const changed = { rule: { ...rule, behaviours: ["content_download"], clockHours: 4 }, version };
    expect((await world.ask("/api/hot/rule", "POST", changed)).status).toBe(200);
    expect((await world.ask("/api/hot/rule", "POST", { rule, version })).status).toBe(409);
    expect((await world.ask("/api/hot/rule", "POST", { rule: { ...rule, clockHours: 0 }, version: 1 })).status).toBe(
      400,
    );
    await askForDemo(world);
    await world.settled();
    expect((await list(world)).alerts).toEqual([]);
    world.crm.update("contacts", person, {
      recent_conversion_event_name: "Content download: Guide",
      recent_conversion_date: new Date(world.now()).toISOString(),
    });
    const alert = await running(world);
    expect(alert.dueAt - alert.crossedAt).toBe(dayMs / 6);
  });
});

const download = (at: string) => ({
  recent_conversion_event_name: "Content download: Guide",
  recent_conversion_date: at,
});

/** Returns when it was. */
function call(world: ClockedWorld, direction: string, calledAt = world.now()): number {
  const at = new Date(calledAt).toISOString();
  world.crm.create("calls", { hs_timestamp: at, hs_call_direction: direction, hs_call_status: "NO_ANSWER" }, [
    ...links,
  ]);
  return calledAt;
}

/** Returns when it was, once the poll found it: no webhook tells of emails. */
async function email(world: ClockedWorld, marks: Record<string, string>): Promise<number> {
  // The database has a clock of its own; from here on the portal's comparisons go by the world's.
  await askDatabase(world.databaseUrl, "UPDATE portals SET installed_at = to_timestamp($1)", [world.now() / 1_000]);
  const sentAt = world.now();
  const at = new Date(sentAt).toISOString();
  const own = { hs_timestamp: at, hs_email_direction: "EMAIL", hs_email_status: "SENT" };
  const id = world.crm.create("emails", { ...own, ...marks }, [...links]);
  world.step(world.server.ctx.config.counterPollMs + minuteMs);
  const find = "SELECT 1 AS found FROM crm_records WHERE object_type = 'emails' AND object_id = $1";
  await world.until("the email is found", async () => (await askDatabase(world.databaseUrl, find, [id])).length > 0);
  await world.settled();
  return sentAt;
}
