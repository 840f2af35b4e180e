import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { outreachOf } from "@touchstone/shared/outreach-of.ts";
import { sql } from "kysely";
import { readLastTouches } from "../../../server/db/touches.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";

const now = Date.UTC(2026, 10, 22, 12);
const at = new Date(now - 86_400_000).toISOString();

/** One activity each: what makes it outreach or not, or gives it its time. */
const activities: readonly (readonly [type: string, properties: Record<string, string>])[] = [
  ["calls", { hs_timestamp: at }],
  ["calls", { hs_timestamp: at, hs_call_direction: "INBOUND" }],
  ...["COMPLETED", "FAILED", "CANCELED", "QUEUED", "MISSED", "missed", "BUSY"].map(
    (status) => ["calls", { hs_timestamp: at, hs_call_direction: "OUTBOUND", hs_call_status: status }] as const,
  ),
  ["emails", { hs_timestamp: at }],
  ["emails", { hs_timestamp: at, hs_email_direction: "EMAIL", hs_email_status: "SENT" }],
  ["emails", { hs_timestamp: at, hs_email_direction: "INCOMING_EMAIL" }],
  ["emails", { hs_timestamp: at, hs_email_direction: "" }],
  ["emails", { hs_timestamp: at, hs_email_status: "BOUNCED" }],
  ["emails", { hs_timestamp: at, hs_sequence_id: "77" }],
  ["emails", { hs_timestamp: String(now - 86_400_000) }],
  ...["COMPLETED", "completed", "Com-pleted", "com_ple ted", "SCHEDULED", "NO_SHOW"].map(
    (outcome) => ["meetings", { hs_timestamp: at, hs_meeting_outcome: outcome }] as const,
  ),
  [
    "meetings",
    { hs_timestamp: at, hs_meeting_outcome: "COMPLETED", hs_meeting_start_time: String(now - 40 * 86_400_000) },
  ],
  ["meetings", { hs_timestamp: at, hs_meeting_outcome: "COMPLETED", hs_meeting_start_time: "" }],
  ["communications", { hs_timestamp: at }],
  ["communications", { hs_timestamp: "soon" }],
  ["communications", {}],
];

describe("The last touches of many accounts", () => {
  let ctx: SmallContext;
  beforeAll(async () => {
    ctx = await createSmallContext();
    await ctx.install();
    for (const [index, [type, properties]] of activities.entries())
      await add(type, index, properties, `account ${index}`);
  });
  afterAll(() => ctx.stop());

  it("are what `outreachOf` says of each activity, and a machine's email is one by nobody", async () => {
    const ids = activities.map((_, index) => `account ${index}`);
    const touches = await readLastTouches(ctx.db, portalId, ids, { since: now - 180 * 86_400_000, now });
    const found = touches.map(({ touchedAt, humanAt }) => [toTime(touchedAt), toTime(humanAt)]);
    const said = activities.map(([type, properties]) => [
      outreachOf(type, { ...properties, hs_sequence_id: "" })?.at ?? null,
      outreachOf(type, properties)?.at ?? null,
    ]);
    expect(found).toEqual(said);
    // The table has both kinds, so that agreeing means something.
    expect(new Set(said.map(([, human]) => human === null)).size).toBe(2);
  });

  it("leave out what is not yet, what was before, and what was deleted", async () => {
    const [later, before, gone] = ["later", "before", "gone"];
    await add("calls", 101, { hs_timestamp: new Date(now + 1_000).toISOString() }, later);
    await add("calls", 102, { hs_timestamp: new Date(now - 8 * 86_400_000).toISOString() }, before);
    await add("calls", 103, { hs_timestamp: at }, gone);
    await sql`UPDATE crm_records SET archived = true WHERE portal_id = ${portalId} AND object_id = '103'`.execute(
      ctx.db,
    );
    const touches = await readLastTouches(ctx.db, portalId, [later, before, gone], {
      since: now - 7 * 86_400_000,
      now,
    });
    expect(touches.map(({ touchedAt, stepAt }) => [touchedAt, stepAt])).toEqual([
      [null, null],
      [null, null],
      [null, null],
    ]);
  });

  const toTime = (text: string | null) => (text === null ? null : Date.parse(text));
  async function add(type: string, index: number, properties: Record<string, string>, account: string): Promise<void> {
    await sql`
      INSERT INTO crm_records (portal_id, object_type, object_id, properties, read_no)
      VALUES (${portalId}, ${type}, ${String(index)}, ${JSON.stringify(properties)}::jsonb, 1)`.execute(ctx.db);
    await sql`
      INSERT INTO crm_links (portal_id, from_type, from_id, to_type, to_id)
      VALUES (${portalId}, ${type}, ${String(index)}, 'companies', ${account})`.execute(ctx.db);
  }
});
