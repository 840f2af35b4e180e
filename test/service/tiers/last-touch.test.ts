import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { readActivities } from "../../../server/db/activities.ts";
import { getPortalStatus } from "../../../server/install/get-portal-status.ts";
import { getToday } from "../../../server/programme/home/get-today.ts";
import { portalId } from "../small-context.ts";
import { day, startTiers, type TiersUnderTest } from "./tiers-under-test.ts";

/** More than are read of one account at once. */
const many = 600;
const [busy, played] = ["1001", "1002"];

describe("The last touch by a person", () => {
  let portal: TiersUnderTest;
  beforeAll(async () => {
    portal = await startTiers();
    await portal.setScores([
      { id: busy, score: 95, band: "tier_1" },
      { id: played, score: 90, band: "tier_1" },
    ]);
    await portal.pass();
    portal.ctx.clock.now += 40 * day;
    // Ready for a call, so that Today has lines for them, and touched longer ago than it leaves accounts alone.
    await sql`UPDATE account_scores SET readiness = 5`.execute(portal.ctx.db);
    const longAgo = portal.ctx.now() - 35 * day;
    await logCalls(busy, many, (index) => new Date(longAgo + index).toISOString());
  });
  afterAll(() => portal?.stop());

  it("is the newest of an account that was called hundreds of times, on its card and on Today", async () => {
    const at = portal.ctx.now() - 8 * day;
    await logCalls(busy, 1, () => String(at));
    const { touch } = await portal.tierOf(busy);
    expect(touch?.lastAt).toBe(at);
    expect(await lastTouchOnToday(busy)).toMatch(/^Call, /);
  });

  it("is a step of a play as well, on the card and on Today", async () => {
    const at = portal.ctx.now() - 9 * day;
    await doStep(played, at);
    expect(await portal.tierOf(played)).toMatchObject({ touch: { lastAt: at } });
    expect(await lastTouchOnToday(played)).toMatch(/^Step of a play, /);
  });

  it("stops a clock as the earliest one, in whichever form the CRM writes its time", async () => {
    const since = portal.ctx.now() - 3 * day;
    await logCalls(played, many, (index) => String(since + day + index));
    await logCalls(played, 1, () => new Date(since + 1).toISOString());
    const [first] = await readActivities(portal.ctx.db, portalId, [{ accountId: played, since }], ["calls"]);
    expect(first?.properties.hs_timestamp).toBe(new Date(since + 1).toISOString());
  });

  async function lastTouchOnToday(id: string): Promise<string | undefined> {
    const { lines } = await getToday(portal.ctx, portalId, (asked) => getPortalStatus(portal.ctx, asked));
    return lines.find(({ companyId }) => companyId === id)?.lastTouch;
  }

  let logged = 0;
  async function logCalls(account: string, count: number, at: (index: number) => string): Promise<void> {
    const ids = Array.from({ length: count }, () => String(++logged));
    await sql`
      INSERT INTO crm_records (portal_id, object_type, object_id, properties, read_no)
      SELECT ${portalId}, 'calls', id, jsonb_build_object('hs_timestamp', at), 1
      FROM unnest(${ids}::text[], ${ids.map((_, index) => at(index))}::text[]) AS t(id, at)`.execute(portal.ctx.db);
    await sql`
      INSERT INTO crm_links (portal_id, from_type, from_id, to_type, to_id)
      SELECT ${portalId}, 'calls', id, 'companies', ${account} FROM unnest(${ids}::text[]) AS t(id)`.execute(
      portal.ctx.db,
    );
  }

  async function doStep(account: string, at: number): Promise<void> {
    const playId = "00000000-0000-4000-8000-000000000001";
    await sql`
      INSERT INTO plays (portal_id, play_id, request_id, document, status, made_by, made_at)
      VALUES (${portalId}, ${playId}, 'a-play-with-a-step', '{"steps":[{"side":"sales"}]}', 'running', '77', 1)`.execute(
      portal.ctx.db,
    );
    await sql`INSERT INTO play_accounts (portal_id, play_id, account_id, enrolled_by, enrolled_at, judged_at)
      VALUES (${portalId}, ${playId}, ${account}, '77', 1, 1)`.execute(portal.ctx.db);
    await sql`INSERT INTO play_touches (portal_id, play_id, account_id, step, status, done_by, done_at)
      VALUES (${portalId}, ${playId}, ${account}, 0, 'done', '77', ${at})`.execute(portal.ctx.db);
  }
});
