import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { asAccountId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { getCommittee } from "../../../server/programme/committee/get-committee.ts";
import { judgeProgramme } from "../../../server/programme/outputs/judge-programme.ts";
import { getStage } from "../../../server/programme/stages/get-stage.ts";
import { addCompanies } from "../signals/a-portal-with-companies.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";

const day = 86_400_000;
const accountId = asAccountId("101");
const [busy, quiet] = ["501", "502"];

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
  await addCompanies(ctx.db, portalId, [{ id: accountId, people: [busy, quiet] }]);
});
afterAll(() => ctx?.stop());

it("cards and HubSpot's properties say the same level and stage of an account with thousands of signals", async () => {
  const now = ctx.now();
  await addSignals(quiet, "demo_request", 1, now - 100 * day);
  await addSignals(busy, "content_download", 3, now - 90 * day);
  await addSignals(busy, "email_open", 3_000, now - 30 * day);
  const due = [{ accountId, version: 1 }];
  const { stages, people } = await judgeProgramme(ctx.db, { portalId, timeZone: "UTC", withPeople: true }, due, now);
  const [stage, committee] = [await getStage(ctx, portalId, accountId), await getCommittee(ctx, portalId, accountId)];
  expect(stages[0]?.output).toEqual({
    touchstone_stage: stage.stage,
    touchstone_stage_since: new Date(stage.since ?? 0).toISOString().slice(0, 10),
  });
  expect(stage).toMatchObject({ stage: "consideration", since: now - 90 * day });
  const levels = Object.fromEntries(committee.people.map(({ personId, level }) => [personId, String(level)]));
  expect(levels).toEqual({ [busy]: "2", [quiet]: "4" });
  expect(Object.fromEntries(people.map(({ id, output }) => [id, output.touchstone_person_level]))).toEqual(levels);
  expect(committee.people.map(({ levelReason, lastTouchAt }) => [levelReason, lastTouchAt])).toEqual([
    ["Evaluating: asked for a demo or for proof.", now - 100 * day],
    ["Interested: 3 downloads.", now - 30 * day + 2_999],
  ]);
});

async function addSignals(personId: string, kind: string, count: number, at: number): Promise<void> {
  await sql`
    INSERT INTO signals (portal_id, signal_key, kind, account_id, person_id, at, source, origin)
    SELECT ${portalId}, ${`${kind}:${personId}:`} || n, ${kind}, ${accountId}, ${personId}, ${at}::bigint + n, 'test', 'test'
    FROM generate_series(0, ${count - 1}::int) n`.execute(ctx.db);
}
