import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { moveRecords } from "../../../server/db/merges.ts";
import { type TaskKind, wantRefusedTasks } from "../../../server/db/tasks.ts";
import { writeHotTasks } from "../../../server/programme/hot/write-hot-tasks.ts";
import { makeTasks, type TaskWriter } from "../../../server/programme/tasks/make-tasks.ts";
import type { HubSpotRequest } from "../local-hubspot.ts";
import { addCompanies } from "../signals/a-portal-with-companies.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";

const hour = 3_600_000;

let ctx: SmallContext;
let crossedAt = 0;
beforeEach(async () => {
  ctx = await createSmallContext();
  await ctx.install();
  crossedAt = ctx.now() - hour;
  ctx.hubspotServer.answer = takeTask;
});
afterEach(() => ctx?.stop());

const stamp = { createdAt: "2026-11-01T00:00:00Z", updatedAt: "2026-11-01T00:00:00Z", archived: false };
const isPost = ({ method, path }: HubSpotRequest) => method === "POST" && /\/objects\/.*tasks$/.test(path);
/** HubSpot makes every task and, asked for those of a company, knows none. */
const takeTask: SmallContext["hubspotServer"]["answer"] = (request) =>
  isPost(request) ? [201, { id: "900", properties: {}, ...stamp }] : [200, { status: "COMPLETE", results: [] }];
const posts = () => ctx.hubspotServer.requests.filter(isPost).map(({ body }) => body);

/** Companies that are hot, each with the task that was raised with its alert. */
async function raise(...companyIds: string[]): Promise<void> {
  await addCompanies(
    ctx.db,
    portalId,
    companyIds.map((id) => ({ id })),
  );
  for (const id of companyIds) {
    const key = { portal_id: portalId, account_id: id, crossed_at: crossedAt };
    await ctx.db
      .insertInto("hot_alerts")
      .values({ ...key, due_at: crossedAt + 24 * hour, trigger: "demo_request", route: "sales" })
      .execute();
    await ctx.db
      .insertInto("tasks")
      .values({ ...key, marker: `TS-${id}-${crossedAt}`, kind: "hot", from_at: crossedAt })
      .execute();
  }
}

const none: TaskWriter = async () => new Map();
const make = (hot: TaskWriter = writeHotTasks) =>
  makeTasks(ctx, portalId, { hot, step: none, handoff: none } satisfies Record<TaskKind, TaskWriter>);
const tasks = () => ctx.db.selectFrom("tasks").select(["account_id", "state"]).orderBy("account_id").execute();
/** What was sent, was sent so long ago that it is looked for. */
const passAMinute = () => sql`UPDATE tasks SET sent_at = sent_at - interval '61 seconds'`.execute(ctx.db);

describe("A task", () => {
  it("goes with the company that is merged into another one while it is being written", async () => {
    await raise("101");
    await addCompanies(ctx.db, portalId, [{ id: "300" }]);
    await make(async (parts, id, wanted) => {
      await ctx.db
        .transaction()
        .execute((trx) => moveRecords(trx, portalId, "companies", new Map([["101", "300"]]), 2));
      return writeHotTasks(parts, id, wanted);
    });
    expect(await tasks()).toEqual([{ account_id: "300", state: "sent" }]);
    await passAMinute();
    await make();
    expect(await tasks()).toEqual([{ account_id: "300", state: "made" }]);
    expect(posts()).toHaveLength(1);
  });

  it("is written anew when somebody, whom its text may name, was erased while it was written", async () => {
    await raise("101");
    await make(async (parts, id, wanted) => {
      const texts = await writeHotTasks(parts, id, wanted);
      await sql`UPDATE portals SET erasures = erasures + 1`.execute(ctx.db);
      return texts;
    });
    expect(posts()).toEqual([]);
    await passAMinute();
    await make();
    expect(await tasks()).toEqual([{ account_id: "101", state: "made" }]);
    expect(posts()).toHaveLength(1);
  });

  it("is looked for, and not made again, when HubSpot's yes cannot be read", async () => {
    await raise("101");
    ctx.hubspotServer.answer = (request) => (isPost(request) ? [201, {}] : takeTask(request));
    await make();
    await make();
    expect(posts()).toHaveLength(1);
    const subject = (JSON.parse(posts()[0] ?? "{}") as { properties?: Record<string, string> }).properties
      ?.hs_task_subject;
    ctx.hubspotServer.answer = ({ path }) => {
      if (path.includes("/associations/")) {
        const to = [{ toObjectId: 900, associationTypes: [{ category: "HUBSPOT_DEFINED", typeId: 191, label: null }] }];
        return [200, { status: "COMPLETE", results: [{ from: { id: "101" }, to }] }];
      }
      const record = { id: "900", properties: { hs_task_subject: subject ?? null }, ...stamp };
      return [200, { status: "COMPLETE", results: [record] }];
    };
    await passAMinute();
    await make();
    expect(await tasks()).toEqual([{ account_id: "101", state: "made" }]);
    expect(posts()).toHaveLength(1);
  });

  it("is looked for again when HubSpot cannot read a task of its company, and holds up no other", async () => {
    await raise("101", "102");
    await ctx.db
      .updateTable("tasks")
      .set({ state: "sent", sent_at: new Date(0) })
      .where("account_id", "=", "101")
      .execute();
    ctx.hubspotServer.answer = (request) => {
      if (isPost(request)) return takeTask(request);
      if (request.path.includes("/associations/")) {
        const to = [{ toObjectId: 900, associationTypes: [{ category: "HUBSPOT_DEFINED", typeId: 191, label: null }] }];
        return [200, { status: "COMPLETE", results: [{ from: { id: "101" }, to }] }];
      }
      const errors = [{ status: "error", category: "INTERNAL_ERROR", message: "no", context: { ids: ["900"] } }];
      return [207, { status: "COMPLETE", results: [], numErrors: 1, errors }];
    };
    await make();
    expect((await tasks()).map(({ state }) => state)).toEqual(["sent", "made"]);
    expect(posts()).toHaveLength(1);
  });

  it.each([
    { numErrors: 1, errors: [{ category: "INTERNAL_ERROR", message: "no", context: { fromObjectId: ["101"] } }] },
    { numErrors: 1 },
  ])(
    "is looked for again when HubSpot cannot tell the tasks of its company, and holds up no other",
    async (failure) => {
      await raise("101", "102");
      await ctx.db
        .updateTable("tasks")
        .set({ state: "sent", sent_at: new Date(0) })
        .where("account_id", "=", "101")
        .execute();
      ctx.hubspotServer.answer = (request) =>
        isPost(request) ? takeTask(request) : [200, { status: "COMPLETE", results: [], ...failure }];
      await make();
      expect((await tasks()).map(({ state }) => state)).toEqual(["sent", "made"]);
      expect(posts()).toHaveLength(1);
    },
  );

  it("is made once when a worker that slept wakes up after another one took over", async () => {
    await raise("101", "102", "103");
    const woken = Promise.withResolvers<void>();
    const asleep = Promise.withResolvers<void>();
    ctx.hubspotServer.answer = async (request) => {
      if (posts().length === 1) {
        asleep.resolve();
        await woken.promise;
      }
      return takeTask(request);
    };
    const slow = make();
    await asleep.promise;
    ctx.hubspotServer.answer = takeTask;
    await passAMinute();
    await make();
    woken.resolve();
    await slow;
    // The one that was being sent may be there twice: HubSpot had not said that it has it.
    expect(posts()).toHaveLength(4);
    expect((await tasks()).map(({ state }) => state)).toEqual(["made", "made", "made"]);
  });

  it("is refused while the portal lacks a scope, holds up nothing, and is made after a new grant", async () => {
    await raise("101", "102");
    ctx.hubspotServer.answer = () => [403, { category: "MISSING_SCOPES", message: "no" }];
    await make();
    expect((await tasks()).map(({ state }) => state)).toEqual(["refused", "refused"]);
    ctx.hubspotServer.answer = takeTask;
    await make();
    expect(posts()).toHaveLength(2);
    await wantRefusedTasks(ctx.db, portalId);
    await make();
    expect((await tasks()).map(({ state }) => state)).toEqual(["made", "made"]);
  });

  it.each(["excused", "met", "late"] as const)(
    "is not made any more when its clock was %s before it could be",
    async (state) => {
      await raise("101");
      await ctx.db.updateTable("hot_alerts").set({ state }).execute();
      await make();
      expect(await tasks()).toEqual([]);
      expect(posts()).toEqual([]);
    },
  );
});
