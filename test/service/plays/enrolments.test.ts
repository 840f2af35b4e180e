import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type {
  EnrolmentsView,
  EnrolmentView,
  PlayAccountsView,
  PlayTemplatesView,
  PlayView,
  SavedTemplateView,
} from "@touchstone/shared/plays-api.ts";
import { type ClockedWorld, startClockedWorld } from "../../support/clocked-world.ts";
import { companyIdAt, personIdAt, plainPortal } from "../../support/plain-portal.ts";

const dayMs = 86_400_000;
const startAt = Date.UTC(2026, 8, 1, 9);
const [first, second, third] = [companyIdAt(0), companyIdAt(1), companyIdAt(2)];
const steps = [5, 10].map((day) => ({
  day,
  channel: "phone",
  side: "sales",
  role: null,
  what: `Call of day ${day}`,
  personalisation: "contextual",
}));

describe("An account in a play", () => {
  let world: ClockedWorld;
  beforeEach(async () => {
    world = await startClockedWorld(
      plainPortal({ portalId: 4711, companies: 3, peopleEach: 1, nowAt: startAt }),
      startAt,
    );
    world.crm.update("companies", first, { hubspot_owner_id: "1" });
    world.crm.update("contacts", personIdAt(0), { firstname: "Ana", lastname: "Ruiz", jobtitle: "VP Operations" });
    await world.install();
  });
  afterEach(() => world.stop());

  it("is handed over when as many people engaged as its play says, with one task that quotes them (row 95)", async () => {
    const playId = await launched({
      handoff: { trigger: "first reply", when: { people: 1, hot: false }, responseHours: 4 },
    });
    world.step(dayMs);
    world.crm.update("contacts", personIdAt(0), { hs_email_last_open_date: new Date(world.now() - 1).toISOString() });
    await world.settled();
    for (let times = 0; times < 2; times++) await judge();
    await world.until("its task", () => tasksOf(first).length > 0);
    const { handedOverAt, ...one } = await standing(playId, first);
    expect(one).toMatchObject({ status: "active", handoverBy: "touchstone", handoverWhy: "1 person has engaged." });
    expect(tasksOf(first)).toEqual([
      expect.objectContaining({
        hs_task_subject: expect.stringContaining("answer within 4 hours [TS-"),
        hubspot_owner_id: "1",
        hs_timestamp: new Date((handedOverAt ?? 0) + 4 * 3_600_000).toISOString(),
      }),
    ]);
    expect(tasksOf(first)[0]?.hs_task_body).toContain("<li>Ana Ruiz, VP Operations, opened an email</li>");
    expect(await standing(playId, second)).toMatchObject({ handedOverAt: null });
    expect((await read<PlayView>(`/api/plays/${playId}`)).results.handedOver).toMatchObject({
      numerator: 1,
      denominator: 3,
    });
  });

  it("is handed over when it is hot, if its play says so, and by nobody before the launch", async () => {
    world.crm.update("companies", second, { hs_is_target_account: "true" });
    const handoff = { trigger: "", when: { people: null, hot: true }, responseHours: 24 };
    const play = { name: "Hot", tier: "tier_1", steps, handoff };
    const { playId } = await post<PlayView>("/api/plays", { requestId: randomUUID(), play });
    await post(`/api/plays/${playId}/accounts`, { companyIds: [first, second] });
    const early = await world.ask(`/api/plays/${playId}/accounts/${first}`, "POST", { move: "hand over", note: "now" });
    expect(await early.text()).toContain("Only a play that was launched and is not retired hands over.");
    await post(`/api/plays/${playId}/approve`, {});
    await post(`/api/plays/${playId}/launch`, {});
    const asked = {
      recent_conversion_event_name: "Demo request",
      recent_conversion_date: new Date(world.now()).toISOString(),
    };
    world.crm.update("contacts", personIdAt(1), asked);
    world.crm.update("contacts", personIdAt(0), asked);
    await world.settled();
    await judge();
    await world.until("it is handed over", async () => (await standing(playId, second)).handedOverAt !== null);
    expect(await standing(playId, second)).toMatchObject({ handoverWhy: "The account is hot." });
    // Its person asked as well, but the company is no target account.
    expect(await standing(playId, first)).toMatchObject({ handedOverAt: null });
  });

  it("leaves by its play's rule when a deal is open, and nothing more is asked for it", async () => {
    const playId = await launched({ exit: { deal: "open" } });
    world.crm.create("deals", { dealname: "x", dealstage: "appointmentscheduled", amount: "1" }, [
      { type: "companies", id: first, primary: true },
    ]);
    world.crm.create("deals", { dealname: "y", dealstage: "closedlost", amount: "1" }, [
      { type: "companies", id: second, primary: true },
    ]);
    await world.settled();
    await judge();
    await world.until("it left", async () => (await standing(playId, first)).status === "left");
    expect(await standing(playId, first)).toMatchObject({ statusBy: "touchstone", statusWhy: "A deal is open." });
    world.step(5 * dayMs);
    await world.wake("make-tasks");
    await world.until("the others are called", () => tasksOf(second).length + tasksOf(third).length === 2);
    expect(tasksOf(first)).toEqual([]);
    const { touches } = await read<PlayAccountsView>(`/api/plays/${playId}/touches`);
    expect(new Set(touches.map((touch) => touch.companyId))).toEqual(new Set([second, third]));
    world.crm.create("deals", { dealname: "z", dealstage: "closedwon", amount: "1" }, [
      { type: "companies", id: third, primary: true },
    ]);
    await world.settled();
    await judge();
    await world.until("another left", async () => (await standing(playId, third)).status === "left");
    expect(await standing(playId, third)).toMatchObject({ statusWhy: "A deal is won." });
    expect(await standing(playId, second)).toMatchObject({ status: "active" });
    const back = await world.ask(`/api/plays/${playId}/accounts/${first}`, "POST", { move: "resume", note: "again" });
    expect(await back.text()).toContain("The account has left this play. Nothing was changed.");
    expect(await post(`/api/plays/${playId}/accounts`, { companyIds: [first, second] })).toMatchObject({
      enrolled: 0,
      lines: [{ status: "rejected", message: "has left the play for good" }, { status: "known" }],
    });
  });

  it("rests and goes on when somebody says so, with a reason that is kept; twice is once", async () => {
    const playId = await launched({});
    const move = (body: object) => post<{ account: EnrolmentView }>(`/api/plays/${playId}/accounts/${first}`, body);
    const paused = await move({ move: "pause", note: "Their fair is on" });
    expect(await move({ move: "pause", note: "Their fair is on" })).toEqual(paused);
    expect(paused.account).toEqual(await standing(playId, first));
    expect(await standing(playId, first)).toMatchObject({
      status: "paused",
      statusBy: "1",
      statusWhy: "Their fair is on",
    });
    world.step(5 * dayMs);
    await world.wake("make-tasks");
    await world.until("the others are called", () => tasksOf(second).length + tasksOf(third).length === 2);
    expect(tasksOf(first)).toEqual([]);
    await move({ move: "resume", note: "The fair is over" });
    await world.until("it is called", () => tasksOf(first).length === 1);
    const handed = await move({ move: "hand over", note: "They rang us" });
    expect(handed.account).toMatchObject({ handoverBy: "1", handoverWhy: "They rang us" });
    expect(await move({ move: "hand over", note: "They rang us" })).toEqual(handed);
    await world.until("it is taken over", () => tasksOf(first).length === 2);
    expect((await world.ask(`/api/plays/${playId}/accounts/9`, "POST", { move: "leave", note: "gone" })).status).toBe(
      404,
    );
    expect((await world.ask(`/api/plays/${playId}/accounts/${first}`, "POST", { move: "leave" })).status).toBe(400);
  });

  it("leaves what it brought with a template, from which another play is made (row 98)", async () => {
    const playId = await launched({});
    await post(`/api/plays/${playId}/touches`, { companyId: first, step: 0, status: "done" });
    world.step(dayMs);
    world.crm.update("contacts", personIdAt(0), { hs_email_last_open_date: new Date(world.now() - 1).toISOString() });
    await world.settled();
    world.step(29 * dayMs);
    const body = { requestId: randomUUID(), label: "Software, 200 to 1000 people" };
    const saved = await post<SavedTemplateView>(`/api/plays/${playId}/template`, body);
    expect(saved.results).toMatchObject({
      days: 30,
      engaged: { numerator: 1, denominator: 3 },
      handedOver: { numerator: 0, denominator: 3 },
      stepsDone: { numerator: 1, denominator: 6 },
    });
    world.step(dayMs);
    expect(await post<SavedTemplateView>(`/api/plays/${playId}/template`, body)).toEqual(saved);
    expect((await read<PlayTemplatesView>("/api/plays/templates")).saved).toEqual([saved]);
    const made = await post<PlayView>("/api/plays", {
      requestId: randomUUID(),
      template: saved.templateId,
      play: { name: "Again" },
    });
    expect(made).toMatchObject({ status: "draft", play: { name: "Again", tier: "tier_1", steps } });
    const draft = await world.ask(`/api/plays/${made.playId}/template`, "POST", { ...body, requestId: randomUUID() });
    expect(await draft.text()).toContain("Only a play that was launched has results.");
    expect(await post<PlayTemplatesView>(`/api/plays/templates/${saved.templateId}/forget`, {})).toMatchObject({
      saved: [],
    });
  });

  async function launched(parts: object): Promise<string> {
    const handoff = { trigger: "two people engaged", responseHours: 24 };
    const play = { name: "Play", tier: "tier_1", steps, handoff, ...parts };
    const { playId } = await post<PlayView>("/api/plays", { requestId: randomUUID(), play });
    await post(`/api/plays/${playId}/accounts`, { companyIds: [first, second, third] });
    await post(`/api/plays/${playId}/approve`, {});
    await post(`/api/plays/${playId}/launch`, {});
    return playId;
  }

  /** A turn later, as the schedule would. */
  async function judge(): Promise<void> {
    world.step(5 * 60_000);
    await world.wake("tend-plays");
    await world.until("all are judged", async () => {
      const active = world.server.ctx.db.selectFrom("play_accounts").select("judged_at").where("status", "=", "active");
      const rows = await active.execute();
      return rows.every((row) => row.judged_at > world.now() - 60_000);
    });
  }

  const tasksOf = (companyId: string) =>
    world.crm
      .linked({ type: "companies", id: companyId }, "tasks")
      .map((id) => world.crm.get("tasks", id)?.properties ?? {});

  async function standing(playId: string, companyId: string): Promise<EnrolmentView> {
    const { accounts } = await read<EnrolmentsView>(`/api/plays/${playId}/accounts`);
    const found = accounts.find((account) => account.companyId === companyId);
    if (!found) throw new Error("it is not in the play");
    return found;
  }

  const read = async <T>(path: string) => (await (await world.ask(path)).json()) as T;

  async function post<T = object>(path: string, body: object): Promise<T> {
    const answer = await world.ask(path, "POST", body);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }
});
