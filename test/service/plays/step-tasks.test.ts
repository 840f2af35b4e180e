import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { PlayView } from "@touchstone/shared/plays-api.ts";
import { type ClockedWorld, startClockedWorld } from "../../support/clocked-world.ts";
import { companyIdAt, plainPortal } from "../../support/plain-portal.ts";

const dayMs = 86_400_000;
const startAt = Date.UTC(2026, 8, 1, 9);
const [first, second] = [companyIdAt(0), companyIdAt(1)];
const step = (day: number, channel: string, side: string, what: string) => ({
  day,
  channel,
  side,
  role: "champion",
  what,
  personalisation: "contextual",
});
const steps = [
  step(0, "display", "marketing", "Show the problem"),
  step(0, "email", "sales", "First <note>"),
  step(7, "phone", "shared", "Call about it"),
  step(14, "meeting", "sales", "Business case"),
];

describe("The steps of a play that are for a person", () => {
  let world: ClockedWorld;
  beforeEach(async () => {
    world = await startClockedWorld(
      plainPortal({ portalId: 4711, companies: 3, peopleEach: 1, nowAt: startAt }),
      startAt,
    );
    world.crm.update("companies", first, { hubspot_owner_id: "1" });
    await world.install();
  });
  afterEach(() => world.stop());

  it("become tasks of the owner on their day, one for each account, enrolment and step", async () => {
    const playId = await launched();
    await enrol(playId, [first, second]);
    await enrol(playId, [first, second]);
    await made(2);
    expect(tasksOf(first)).toEqual([
      expect.objectContaining({
        hs_task_subject: expect.stringMatching(/^Company 0+: First <note> \[TS-.+-2\]$/),
        hs_task_type: "EMAIL",
        hubspot_owner_id: "1",
        hs_timestamp: expect.stringContaining("2026-09-01T09:0"),
      }),
    ]);
    expect(tasksOf(first)[0]?.hs_task_body).toContain("Step 2 of 4 in the play &quot;Steps &lt;b&gt;&quot;");
    expect(tasksOf(first)[0]?.hs_task_body).toContain("<li>Problem: They wait too long</li>");
    world.step(7 * dayMs - 60_000);
    await tend();
    expect(world.crm.find("tasks", {})).toHaveLength(2);
    world.step(60_000);
    await tend();
    await made(4);
    expect(tasksOf(second).map((task) => task.hs_task_type)).toEqual(["EMAIL", "CALL"]);
  });

  it("are made once although the answer was lost, and the look for it finds the right one", async () => {
    const playId = await launched();
    world.standIn.faults.add({ kind: "resetAfter", method: "POST", path: "/objects/" });
    await enrol(playId, [first]);
    await made(1);
    const merged = world.crm.merge("companies", first, companyIdAt(2));
    await world.settled();
    await world.server.ctx.db
      .updateTable("tasks")
      .set({ sent_at: new Date(0) })
      .execute();
    await tend();
    await world.until("it is found", async () => (await states()).includes("made"));
    expect(await states()).toEqual(["made", "wanted", "wanted"]);
    expect(tasksOf(merged)).toHaveLength(1);
    expect(world.crm.find("tasks", {})).toHaveLength(1);
  });

  it("are those of one account after two in the play were merged", async () => {
    const playId = await launched();
    await enrol(playId, [first, second]);
    await made(2);
    const merged = world.crm.merge("companies", first, second);
    await world.settled();
    expect(await states()).toEqual(["made", "wanted", "wanted"]);
    world.step(7 * dayMs);
    await tend();
    await made(3);
    expect(tasksOf(merged).map((task) => task.hs_task_type)).toEqual(["EMAIL", "EMAIL", "CALL"]);
  });

  it("are left alone when they were reported before, and while the play rests", async () => {
    const playId = await launched();
    await enrol(playId, [first, second]);
    await made(2);
    await post(`/api/plays/${playId}/touches`, { companyId: first, step: 2, status: "skipped" });
    await post(`/api/plays/${playId}/pause`, {});
    world.step(15 * dayMs);
    await tend();
    expect(world.crm.find("tasks", {})).toHaveLength(2);
    await post(`/api/plays/${playId}/resume`, {});
    await made(5);
    await tend();
    expect(tasksOf(first).map((task) => task.hs_task_type)).toEqual(["EMAIL", "TODO"]);
    await post(`/api/plays/${playId}/retire`, {});
    expect(await states()).toEqual(Array(5).fill("made"));
  });

  async function launched(): Promise<string> {
    const { playId } = await post<PlayView>("/api/plays", {
      requestId: randomUUID(),
      play: {
        name: "Steps <b>",
        tier: "tier_1",
        steps,
        handoff: { trigger: "two people engaged", responseHours: 24 },
        message: { problem: "They wait too long" },
      },
    });
    await post(`/api/plays/${playId}/approve`, {});
    await post(`/api/plays/${playId}/launch`, {});
    return playId;
  }

  const enrol = (playId: string, companyIds: readonly string[]) =>
    post(`/api/plays/${playId}/accounts`, { companyIds });

  const made = (n: number) => world.until(`${n} tasks`, () => world.crm.find("tasks", {}).length === n);

  const tasksOf = (companyId: string) =>
    world.crm
      .linked({ type: "companies", id: companyId }, "tasks")
      .map((id) => world.crm.get("tasks", id)?.properties ?? {})
      .sort((a, b) => String(a.hs_timestamp).localeCompare(String(b.hs_timestamp)));

  async function states(): Promise<string[]> {
    const rows = await world.server.ctx.db.selectFrom("tasks").select("state").orderBy("from_at").execute();
    return rows.map((row) => row.state);
  }

  /** Wakes the job, and waits until nothing whose time has come is left. */
  async function tend(): Promise<void> {
    await world.wake("make-tasks");
    await world.until("nothing waits", async () => {
      const due = world.server.ctx.db.selectFrom("tasks").select("marker").where("from_at", "<=", world.now());
      return (await due.where("state", "=", "wanted").execute()).length === 0;
    });
  }

  async function post<T = object>(path: string, body: object): Promise<T> {
    const answer = await world.ask(path, "POST", body);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }
});
