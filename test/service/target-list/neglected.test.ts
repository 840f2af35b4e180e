import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { readHygieneLines } from "../../../server/programme/target-list/read-hygiene-lines.ts";
import { reportRecords } from "../reports/report-records.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";

const dayMs = 86_400_000;
const now = Date.UTC(2026, 10, 22, 12);
/** The interval of Tier 1 is seven days. */
const days = (ago: number) => new Date(now - ago * dayMs).toISOString();
const at = days(2);

/** What was logged at an account, one activity each, and whether that is a touch by a person within the interval. */
const logged: Readonly<Record<string, readonly [type: string, properties: Record<string, string>, touched: boolean]>> =
  {
    call: ["calls", { hs_timestamp: at }, true],
    "call in milliseconds": ["calls", { hs_timestamp: String(now - 2 * dayMs) }, true],
    "call long ago": ["calls", { hs_timestamp: days(8) }, false],
    "call long ago in milliseconds": ["calls", { hs_timestamp: String(now - 8 * dayMs) }, false],
    "call that failed": ["calls", { hs_timestamp: at, hs_call_status: "FAILED" }, false],
    "call of theirs": ["calls", { hs_timestamp: at, hs_call_direction: "INBOUND" }, false],
    "email of a sequence": ["emails", { hs_timestamp: at, hs_sequence_id: "77" }, false],
    "email of theirs": ["emails", { hs_timestamp: at, hs_email_direction: "INCOMING_EMAIL" }, false],
    "meeting held": ["meetings", { hs_timestamp: at, hs_meeting_outcome: "COMPLETED" }, true],
    "meeting to come": ["meetings", { hs_timestamp: days(-3), hs_meeting_outcome: "SCHEDULED" }, false],
    "message to come": ["communications", { hs_timestamp: days(-3) }, false],
  };

describe("Neglected accounts of the list (row 14)", () => {
  let ctx: SmallContext;
  beforeAll(async () => {
    ctx = await createSmallContext();
    ctx.clock.now = now;
    await ctx.install();
    const { company, linked, doneStep } = reportRecords(ctx.db, portalId);
    const others = ["nothing", "call with a person of theirs", "step by sales", "step by marketing", "new on the list"];
    const accounts = [...Object.keys(logged), ...others];
    for (const id of accounts) await company(id, "tier_1");
    for (const [account, [type, properties]] of Object.entries(logged))
      await linked(type, `${type} of ${account}`, account, properties);
    await linked("contacts", "person", "call with a person of theirs");
    await linked("calls", "call with a person", "nowhere", { hs_timestamp: at });
    await sql`
      INSERT INTO crm_links (portal_id, from_type, from_id, to_type, to_id)
      VALUES (${portalId}, 'calls', 'call with a person', 'contacts', 'person')`.execute(ctx.db);
    await doneStep("step by sales", "sales", now - dayMs);
    await doneStep("step by marketing", "marketing", now - dayMs);
    await sql`
      INSERT INTO account_scores (portal_id, account_id, snapshot_no, models, score, tier, scored_at, output)
      SELECT ${portalId}::bigint, id, 1, 'playbook-100 v1', 90, 'tier_1', 1, '{}' FROM unnest(${accounts}::text[]) AS t(id)`.execute(
      ctx.db,
    );
    await sql`
      INSERT INTO target_accounts (portal_id, account_id, sources, added_by, added_at)
      SELECT ${portalId}::bigint, id, '{sales}', '77', CASE id WHEN 'new on the list' THEN ${now - dayMs}::bigint ELSE 0 END
      FROM unnest(${accounts}::text[]) AS t(id)`.execute(ctx.db);
  });
  afterAll(() => ctx?.stop());

  it("are those that no person touched in the interval of their tier, as Reports count them", async () => {
    const { lines, counts } = await readHygieneLines(ctx, portalId);
    const neglected = lines.filter(({ kind }) => kind === "neglected");
    const untouched = Object.entries(logged).flatMap(([account, [, , touched]]) => (touched ? [] : [account]));
    const expected = [...untouched, "nothing", "step by marketing"].sort();
    expect(neglected.map(({ companyId }) => companyId).sort()).toEqual(expected);
    expect(counts.neglected).toBe(String(expected.length));
    expect(neglected[0]?.reason).toBe("No touch by a person for 7 days, the interval of its tier.");
  });
});
