import type { PortalId } from "@touchstone/shared/ids.ts";
import { playSchema } from "@touchstone/shared/play-shape.ts";
import { sql } from "kysely";
import type { Database } from "../../../server/db/database.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Five accounts in two tiers, one that left the programme, and what happened to them: small enough to be counted by hand. */
export async function fillProgramme(db: Database, portalId: PortalId, now: number): Promise<void> {
  const ago = (days: number) => now - days * dayMs;
  const iso = (days: number) => new Date(ago(days)).toISOString();
  await sql`UPDATE portals SET currency = 'EUR' WHERE portal_id = ${portalId}`.execute(db);
  await addMembers();
  await addPeople();
  await addSignals();
  await addTouches();
  await addTierDays();
  await addClocks();
  await addCommittees();
  await addList();
  await addPlay();
  await addDeals();

  async function addMembers(): Promise<void> {
    for (const [id, tier, stage, since] of [
      ["A1", "tier_1", "decision", "2026-11-01"],
      ["A2", "tier_1", "interest", "2026-08-01"],
      ["B1", "tier_2", "interest", "2026-11-10"],
      ["B2", "tier_2", "consideration", "2026-11-10"],
      ["B3", "tier_2", "", ""],
      ["X1", "out", "", ""],
    ] as const) {
      await record("companies", id, { name: id });
      await sql`
        INSERT INTO tier_members (portal_id, account_id, tier, since, by_override, reason, told)
        VALUES (${portalId}, ${id}, ${tier}, ${ago(50)}, false, '', true)`.execute(db);
      const output = JSON.stringify({ touchstone_stage: stage, touchstone_stage_since: since });
      await sql`
        INSERT INTO account_scores (portal_id, account_id, snapshot_no, models, scored_at, output)
        VALUES (${portalId}, ${id}, 1, '', ${now}, ${output}::jsonb)`.execute(db);
    }
  }

  async function addPeople(): Promise<void> {
    const roles: Record<string, Record<string, string>> = {
      a1: { hs_buying_role: "CHAMPION;DECISION_MAKER" },
      a3: { hs_buying_role: "INFLUENCER", hs_email_bounce: "1" },
    };
    for (const [person, account] of [
      ["a1", "A1"],
      ["a2", "A1"],
      ["a3", "A2"],
      ["b1", "B1"],
      ["b2", "B2"],
      ["b3", "B3"],
      ["x1", "X1"],
    ] as const) {
      await record("contacts", person, roles[person] ?? {});
      await link("contacts", person, "companies", account);
    }
  }

  async function addSignals(): Promise<void> {
    await sql`INSERT INTO muted_sources (portal_id, source, muted_by) VALUES (${portalId}, 'muted', '1')`.execute(db);
    for (const [person, kind, days, source] of [
      ["a1", "email_open", 3, "email"],
      ["a2", "demo_request", 10, "website"],
      ["a3", "page_visit", 40, "website"],
      // Before the period, and within the last 180 days.
      ["b1", "email_open", 100, "email"],
      ["b2", "topic_research", 2, "website"],
      ["b3", "email_open", 2, "muted"],
      ["x1", "email_open", 17, "email"],
    ] as const) {
      await sql`
        INSERT INTO signals (portal_id, signal_key, kind, person_id, at, source, origin)
        VALUES (${portalId}, ${`${person} ${kind} ${days}`}, ${kind}, ${person}, ${ago(days)}, ${source}, ${`contacts:${person}`})`.execute(
        db,
      );
    }
  }

  async function addTouches(): Promise<void> {
    const call = { hs_call_direction: "OUTBOUND", hs_call_status: "COMPLETED" };
    await activity("calls", "c1", { ...call, hs_timestamp: iso(2) }, "companies", "A1");
    await activity("emails", "e1", { hs_timestamp: iso(1), hs_sequence_id: "77" }, "contacts", "a3");
    const meeting = { hs_timestamp: iso(25), hs_meeting_start_time: String(ago(20)), hs_meeting_outcome: "COMPLETED" };
    await activity("meetings", "m1", meeting, "companies", "B1");
    const met = (booked: number, began: number, outcome: string) => {
      return {
        hs_createdate: iso(booked),
        hs_meeting_start_time: iso(began),
        hs_timestamp: iso(began),
        hs_meeting_outcome: outcome,
      };
    };
    await activity("meetings", "m2", met(15, 10, "COMPLETED"), "contacts", "b2");
    await activity("meetings", "m3", met(5, 2, "NO_SHOW"), "companies", "A2");
    await activity("meetings", "m4", met(3, -4, "SCHEDULED"), "companies", "A1");
    // With the company and with one of its people: one meeting.
    await activity("meetings", "m5", met(40, 35, "COMPLETED"), "companies", "A1");
    await link("meetings", "m5", "contacts", "a1");
    await activity("meetings", "m6", met(20, 19, "COMPLETED"), "companies", "X1");
    await activity("calls", "c2", { hs_timestamp: iso(1), hs_call_direction: "INBOUND" }, "companies", "B3");
  }

  async function addTierDays(): Promise<void> {
    for (const [day, tier, accounts] of [
      ["2026-08-24", "tier_1", ["A1", "A2", "B1"]],
      ["2026-11-05", "tier_1", ["A1", "X1"]],
      ["2026-11-15", "tier_1", ["A1"]],
      ["2026-11-15", "tier_2", ["B1"]],
    ] as const) {
      await sql`
        INSERT INTO tier_days (portal_id, day, tier, accounts) VALUES (${portalId}, ${day}, ${tier}, ${[...accounts]}::text[])`.execute(
        db,
      );
    }
  }

  async function addClocks(): Promise<void> {
    for (const [account, crossed, state, reachedAfter] of [
      ["A1", ago(10), "met", 5 * hourMs],
      ["A1", ago(30), "late", 34 * hourMs],
      ["A2", ago(5), "missed", null],
      ["B1", ago(8), "excused", null],
      ["B2", now - hourMs, "open", null],
    ] as const) {
      await sql`
        INSERT INTO hot_alerts (portal_id, account_id, crossed_at, due_at, state, trigger, outreach_at)
        VALUES (${portalId}, ${account}, ${crossed}, ${crossed + dayMs}, ${state}, 'readiness',
          ${reachedAfter === null ? null : crossed + reachedAfter})`.execute(db);
    }
  }

  async function addCommittees(): Promise<void> {
    const taxonomy = "six-with-blocker";
    for (const [account, person, roles] of [
      ["B1", "b1", ["champion"]],
      ["B2", "b2", ["economic_buyer", "champion", "end_user", "influencer", "approver", "blocker"]],
    ] as const) {
      const assigned = JSON.stringify(roles.map((role) => ({ taxonomy, role })));
      await sql`
        INSERT INTO committee_members (portal_id, account_id, person_id, roles, changed_by, changed_at)
        VALUES (${portalId}, ${account}, ${person}, ${assigned}::jsonb, '1', ${now})`.execute(db);
    }
    for (const [account, role, depth] of [
      ["A1", "end_user", "title"],
      ["B1", "influencer", "title"],
      ["B3", "approver", "category"],
    ] as const) {
      await sql`
        INSERT INTO committee_places (portal_id, account_id, taxonomy, role, depth, named, changed_by, changed_at)
        VALUES (${portalId}, ${account}, ${taxonomy}, ${role}, ${depth}, 'Somebody', '1', ${now})`.execute(db);
    }
  }

  async function addList(): Promise<void> {
    for (const [account, verdict] of [
      ["A1", "keep"],
      ["A2", "keep"],
      ["B1", "reject"],
      ["B2", null],
    ] as const) {
      await sql`
        INSERT INTO target_accounts (portal_id, account_id, sources, added_by, added_at, verdict)
        VALUES (${portalId}, ${account}, '{crm}', '1', ${ago(60)}, ${verdict})`.execute(db);
    }
    await sql`
      INSERT INTO spot_checks (portal_id, drawn_at, seed, list_size, drawn_by) VALUES (${portalId}, ${ago(6)}, 'spring', 20, '1')`.execute(
      db,
    );
    for (const [account, data, problem, buying] of [
      ["A1", "yes", "yes", "unknown"],
      ["A2", "yes", "no", "yes"],
      ["B1", "no", "yes", "yes"],
      ["B2", null, null, null],
    ] as const) {
      await sql`
        INSERT INTO spot_check_accounts (portal_id, drawn_at, account_id, stratum, data_matches, has_problem, is_buying)
        VALUES (${portalId}, ${ago(6)}, ${account}, 'tier_1', ${data}, ${problem}, ${buying})`.execute(db);
    }
  }

  async function addPlay(): Promise<void> {
    const playId = "00000000-0000-4000-8000-000000000001";
    const play = playSchema.parse({ name: "Autumn wave", tier: "tier_2", steps: [], handoff: null });
    await sql`
      INSERT INTO plays (portal_id, play_id, request_id, document, status, made_by, made_at, launched_at)
      VALUES (${portalId}, ${playId}, 'r1', ${JSON.stringify(play)}::jsonb, 'running', '1', ${ago(14)}, ${ago(12)})`.execute(
      db,
    );
    for (const account of ["A1", "B2"]) {
      await sql`
        INSERT INTO play_accounts (portal_id, play_id, account_id, enrolled_by, enrolled_at)
        VALUES (${portalId}, ${playId}, ${account}, '1', ${ago(12)})`.execute(db);
    }
    await sql`
      INSERT INTO play_touches (portal_id, play_id, account_id, step, status, done_by, done_at)
      VALUES (${portalId}, ${playId}, 'B2', 0, 'done', '1', ${ago(5)})`.execute(db);
  }

  async function addDeals(): Promise<void> {
    await deal("d1", "A1", { createdate: iso(200), closedate: iso(150), hs_is_closed: "true", amount: "7000" });
    await deal("d2", "A1", { createdate: iso(30), amount: "1000" });
    // Open when the period began: the account is not free.
    await deal("d3", "A2", { createdate: iso(100) });
    // The account was in a tier on that day, and is not any more.
    await deal("d4", "X1", { createdate: iso(10), amount: "500" });
    // The account was not in a tier on that day.
    await deal("d5", "B3", { createdate: iso(3), amount: "9000" });
    await deal("d6", "B2", { createdate: iso(20), closedate: iso(5), dealstage: "closedwon", amount: "3000" });
    await sql`
      INSERT INTO programme_costs (portal_id, cost_id, kind, what, amount, at, added_by)
      VALUES (${portalId}, 'tools', 'technology', 'Tools', 2000, ${ago(30)}, '1')`.execute(db);
  }

  async function record(type: string, id: string, properties: Record<string, string>): Promise<void> {
    await sql`
      INSERT INTO crm_records (portal_id, object_type, object_id, properties, read_no)
      VALUES (${portalId}, ${type}, ${id}, ${JSON.stringify(properties)}::jsonb, 1)`.execute(db);
  }
  async function link(fromType: string, from: string, toType: string, to: string): Promise<void> {
    await sql`
      INSERT INTO crm_links (portal_id, from_type, from_id, to_type, to_id)
      VALUES (${portalId}, ${fromType}, ${from}, ${toType}, ${to})`.execute(db);
  }
  async function activity(type: string, id: string, properties: Record<string, string>, toType: string, to: string) {
    await record(type, id, properties);
    await link(type, id, toType, to);
  }
  async function deal(id: string, account: string, properties: Record<string, string>): Promise<void> {
    await activity("deals", id, properties, "companies", account);
  }
}
