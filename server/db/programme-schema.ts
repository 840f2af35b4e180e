import type { ExcuseCode, HotRoute, HotState } from "@touchstone/shared/hot-api.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Generated, GeneratedAlways, JSONColumnType } from "kysely";
import type { OptionalTime, Time } from "./column-types.ts";

/** Column types of the programme's tables that are asked by builder. */
export interface ProgrammeSchema {
  tier_programmes: {
    portal_id: PortalId;
    version: number;
    document: JSONColumnType<object>;
    active: boolean;
    published_by: string;
    note: string | null;
    published_at: Time;
  };
  tier_people: {
    portal_id: PortalId;
    /** HubSpot owner id. */
    person_id: string;
    side: "sales" | "marketing";
    places: JSONColumnType<Record<string, number>>;
    edited_by: string;
    edited_at: Time;
  };
  tier_members: {
    portal_id: PortalId;
    account_id: string;
    /** A tier of the programme, "out" or "excluded". */
    tier: string;
    since: number;
    by_override: boolean;
    reason: string;
    waiting_for: string | null;
    waiting_since: number | null;
    demotion_to: string | null;
    demotion_why: string | null;
    demotion_state: "asked" | "approved" | "refused" | null;
    demotion_at: number | null;
    demotion_reason: string | null;
    demotion_by: string | null;
    reassess_at: number | null;
    /** The account's output says so. */
    told: boolean;
  };
  tier_moves: {
    portal_id: PortalId;
    account_id: string;
    moved_at: number;
    kind: string;
    tier_from: string | null;
    tier_to: string | null;
    reason: string;
    moved_by: string | null;
    /** Tells what came first within a millisecond. */
    move_no: GeneratedAlways<number>;
  };
  tier_overrides: {
    portal_id: PortalId;
    account_id: string;
    set_at: number;
    tier: string;
    reason: string;
    set_by: string;
    expires_at: number;
    ended_at: number | null;
    ended_by: string | null;
  };
  /** Who was in which tier at the first pass of a day in the portal's time zone: moving on never rewrites history. */
  tier_days: { portal_id: PortalId; day: string; tier: string; accounts: string[] };
  tier_runs: {
    portal_id: PortalId;
    version: Generated<number>;
    done_version: Generated<number>;
    next_run_at: Time;
    done_at: OptionalTime;
    assigned_at: number | null;
    /** The programme reads more than scores, so that any change of an account may move it. */
    reads_properties: Generated<boolean>;
    free_since: JSONColumnType<Record<string, number>, string | undefined, string>;
    day: string | null;
  };
  portal_settings: {
    portal_id: PortalId;
    name: string;
    version: number;
    document: object;
    changed_by: string;
    changed_at: Time;
  };
  hot_standing: {
    portal_id: PortalId;
    account_id: string;
    snapshot_no: number;
    over_line: boolean;
    behaviour_at: number | null;
  };
  hot_alerts: {
    portal_id: PortalId;
    account_id: string;
    crossed_at: number;
    due_at: number;
    state: Generated<HotState>;
    /** "readiness", or the kind of signal that made the account hot. */
    trigger: string;
    readiness: number | null;
    route: Generated<HotRoute>;
    outreach_at: number | null;
    outreach_kind: string | null;
    excuse: ExcuseCode | null;
    excuse_note: string | null;
    excused_by: string | null;
    /** Null: not excused. */
    excused_at: number | null;
  };
  /** Not all of its columns. */
  play_accounts: {
    portal_id: PortalId;
    play_id: string;
    account_id: string;
    judged_at: Generated<number>;
    status: Generated<string>;
  };
  tasks: {
    portal_id: PortalId;
    marker: string;
    kind: "hot" | "step" | "handoff";
    account_id: string;
    crossed_at: number | null;
    play_id: string | null;
    step: number | null;
    from_at: number;
    state: Generated<"wanted" | "sent" | "made" | "refused">;
    task_id: string | null;
    sent_at: OptionalTime;
    refusal: string | null;
  };
}
