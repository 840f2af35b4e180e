import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { ScoringModel } from "@touchstone/shared/scoring-model.ts";
import { sql } from "kysely";
import { cardQuery, sendSigned } from "../signed-request.ts";
import { portalId } from "../small-context.ts";
import { scoreAgain } from "./a-scored-portal.ts";
import {
  bandsWithAccounts,
  countTiers,
  type ModelsApi,
  otherPortal,
  startModelsApi,
  template,
  withBands,
} from "./models-api-under-test.ts";

let api: ModelsApi;
beforeAll(async () => {
  api = await startModelsApi();
});
afterAll(() => api?.stop());

describe("a model that is published", () => {
  const draft = () => withBands(template("playbook-100"), { tier_3: 15, tier_2: 25, tier_1: 35 });

  it("gives exactly the tiers that its preview said", async () => {
    const before = await countTiers(api);
    const view = await api.preview(draft());
    expect(bandsWithAccounts(view, "before")).toEqual(before);
    const published = await api.publish(draft(), "Lower bands for the winter");
    expect(published).toMatchObject({ key: "playbook-100", version: 2, unchanged: false, readingNow: [] });
    expect(published.changes).toEqual(view.changes);
    expect(published.changes).toHaveLength(3);
    expect(published.changes.join()).toMatch(/Tier 1.*35/);
    expect(api.ctx.woken).toContainEqual(["rescore-batch", portalId]);
    await scoreAgain(api.ctx, portalId);
    const after = await countTiers(api);
    expect(after).not.toEqual(before);
    expect(after).toEqual(bandsWithAccounts(view, "after"));
    const versions = (await api.list()).versions.filter((one) => one.key === "playbook-100");
    expect(versions).toMatchObject([
      { version: 2, active: true, publishedBy: "77", note: "Lower bands for the winter" },
      { version: 1, active: false, publishedBy: null },
    ]);
  });

  it("again changes nothing, also when it comes five times at once", async () => {
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => api.publish(draft())));
    expect(answers.map((one) => [one.version, one.unchanged])).toEqual(Array(5).fill([2, true]));
    const next = withBands(draft(), { tier_3: 16 });
    const five = await Promise.all([1, 2, 3, 4, 5].map(() => api.publish(next)));
    expect(five.map((one) => one.version)).toEqual([3, 3, 3, 3, 3]);
    expect(five.filter((one) => !one.unchanged)).toHaveLength(1);
    await scoreAgain(api.ctx, portalId);
  });

  it("is refused when another was published since its preview, who was first is said, and nothing is lost", async () => {
    const { over } = await api.preview(draft());
    expect(over).toEqual({ key: "playbook-100", version: 3 });
    const theirs = withBands(draft(), { tier_3: 17 });
    const first = await api.publish(theirs, "theirs", over);
    expect(first).toMatchObject({ version: 4, unchanged: false });
    expect(first.lines[0]).toBe("Playbook 100, version 4 is active now");
    const mine = withBands(draft(), { tier_3: 18 });
    const late = await api.ask("POST", "/api/models/publish", { model: mine, over });
    expect(late.status).toBe(409);
    expect(JSON.parse(late.text).message).toMatch(
      /^Somebody published Playbook 100, version 4 on \d+ \w+ \d{4}.*Nothing was changed and your draft is kept/,
    );
    const back = await api.ask("POST", "/api/models/rollback", { key: "playbook-100", version: 1, over });
    expect([back.status, JSON.parse(back.text).message]).toEqual([
      409,
      expect.stringContaining("compare the versions"),
    ]);
    expect((await api.list()).active.find(({ purpose }) => purpose === "priority")?.version).toBe(4);
    // HubSpot repeats a request once: the answer is the same, and no version more is made.
    expect(await api.publish(theirs, "theirs", over)).toEqual(first);
    const again = await api.preview(mine);
    expect(await api.publish(mine, "mine", again.over)).toMatchObject({ version: 5, unchanged: false });
    await scoreAgain(api.ctx, portalId);
  });

  it("can be rolled back: the old document becomes the newest version, and its tiers come back", async () => {
    const back = await api.rollBack(1);
    expect(back).toMatchObject({ version: 6, unchanged: false });
    await scoreAgain(api.ctx, portalId);
    expect(await countTiers(api)).toEqual(bandsWithAccounts(await api.preview(template("playbook-100")), "after"));
    const again = await api.rollBack(1);
    expect(again).toMatchObject({ version: 6, unchanged: true });
    expect((await api.ask("POST", "/api/models/rollback", { key: "playbook-100", version: 99 })).status).toBe(404);
    expect((await api.ask("POST", "/api/models/rollback", { key: "x'--", version: 1 })).status).toBe(400);
  });

  it("takes the place of the one with its purpose, under whatever key", async () => {
    const named = { ...template("readiness-10-fit-point"), key: "ours" };
    expect(await api.publish(named)).toMatchObject({ key: "ours", version: 1, purpose: "readiness" });
    const { active } = await api.list();
    expect(active.map((one) => one.key).sort()).toEqual(["ours", "playbook-100"]);
    const taken = await api.ask("POST", "/api/models/publish", { model: { ...named, key: "playbook-100" } });
    expect([taken.status, taken.text]).toEqual([400, expect.stringContaining("priority")]);
    await api.publish(template("readiness-10"));
    await scoreAgain(api.ctx, portalId);
  });

  it("that reads a property which was never read says so, and has HubSpot's companies read again", async () => {
    await api.ctx.db
      .insertInto("backfills")
      .values({
        portal_id: portalId,
        object_type: "companies",
        page_after: null,
        total: 320,
        done: 320,
        started_no: 1,
        finished_at: new Date(),
      })
      .execute();
    const draft = withProperty(template("playbook-100"));
    const view = await api.preview(draft);
    expect(view.warnings.join()).toMatch(/Not read from HubSpot yet: arr_in_euro/);
    api.ctx.woken.length = 0;
    expect((await api.publish(draft)).readingNow).toEqual(["arr_in_euro"]);
    expect(api.ctx.woken.map(([name]) => name)).toEqual(["backfill-portal", "rescore-batch"]);
    const backfill = await api.ctx.db.selectFrom("backfills").selectAll().executeTakeFirstOrThrow();
    expect(backfill).toMatchObject({ page_after: null, done: 0, finished_at: null });
    expect(backfill.started_no).toBeGreaterThan(1);
    const portal = await api.ctx.db
      .selectFrom("portals")
      .select("status")
      .where("portal_id", "=", portalId)
      .executeTakeFirst();
    expect(portal?.status).toBe("backfilling");
    expect((await api.preview(draft)).warnings).toEqual([]);
  });

  it("that reads a property again which was not wanted for a while has it read, though most companies still hold it", async () => {
    const draft = withProperty(template("playbook-100"));
    await sql`UPDATE crm_records SET properties = properties || '{"arr_in_euro": "5"}' WHERE portal_id = ${portalId}`.execute(
      api.ctx.db,
    );
    expect((await api.publish(template("playbook-100"))).readingNow).toEqual([]);
    expect((await api.preview(draft)).warnings).toEqual([]);
    // Read anew under the model that does not ask for it.
    await sql`
      UPDATE crm_records SET properties = properties - 'arr_in_euro' WHERE portal_id = ${portalId} AND object_type = 'companies'
        AND object_id = (SELECT max(object_id) FROM crm_records WHERE portal_id = ${portalId} AND object_type = 'companies')`.execute(
      api.ctx.db,
    );
    expect((await api.preview(draft)).warnings.join()).toMatch(/Not read from HubSpot yet: arr_in_euro/);
    expect((await api.publish(draft)).readingNow).toEqual(["arr_in_euro"]);
  });

  it("needs the person who connected the app; a rep may preview", async () => {
    const as = (path: string, body: object) =>
      sendSigned(api.serverUrl, {
        method: "POST",
        path: `${path}?${cardQuery({ userId: "4711" })}`,
        body: JSON.stringify(body),
      });
    const model = template("playbook-100");
    const statuses = [
      (await as("/api/models/preview", { model })).status,
      (await as("/api/models/publish", { model })).status,
      (await as("/api/models/rollback", { key: "playbook-100", version: 1 })).status,
      (await as("/api/models/import-hubspot-score", { score: {} })).status,
      (await as("/api/signals/sources", { source: "g2", muted: true })).status,
    ];
    expect(statuses).toEqual([200, 403, 403, 403, 403]);
  });

  it("leaves another portal as it is", async () => {
    const { versions } = await api.list(otherPortal);
    expect(versions.map((one) => [one.key, one.version])).toEqual(
      expect.arrayContaining([
        ["playbook-100", 1],
        ["readiness-10", 1],
      ]),
    );
    expect(versions).toHaveLength(2);
    const answer = await api.ask("POST", "/api/models/rollback", { key: "ours", version: 1 }, otherPortal);
    expect(answer.status).toBe(404);
  });
});

function withProperty(model: ScoringModel): ScoringModel {
  const criteria = model.criteria.map((one) =>
    one.kind === "property-ranges" ? { ...one, property: "arr_in_euro" } : one,
  );
  return { ...model, criteria };
}
