import type { PortalId } from "@touchstone/shared/ids.ts";
import type { SignalRatings } from "@touchstone/shared/signals-api.ts";
import type { Generated, JSONColumnType } from "kysely";
import type { OptionalTime, Time } from "./column-types.ts";
import type { ProgrammeSchema } from "./programme-schema.ts";

/** Column types of every table that is asked by builder. */
export interface Schema extends ProgrammeSchema {
  portals: {
    portal_id: PortalId;
    status: "preparing" | "backfilling" | "ready" | "disconnected";
    hub_domain: string | null;
    ui_domain: string | null;
    time_zone: Generated<string>;
    currency: string | null;
    scopes: Generated<string[]>;
    /** Types of records that HubSpot refused although they are granted. */
    unreadable: Generated<string[]>;
    access_token: string | null;
    refresh_token: string | null;
    token_expires_at: OptionalTime;
    notice: string | null;
    /** HubSpot user id of who allowed the app. */
    installed_by: number | null;
    /** Everything of the portal is to be removed as soon as possible. */
    removal_wanted: Generated<boolean>;
    /** When HubSpot is next told that an admin took the app away; until it knows, the tokens stay. */
    uninstall_due_at: OptionalTime;
    /** What HubSpot names and this server does not know; `time_zone` is UTC then. */
    unknown_time_zone: string | null;
    /** How many people were erased: a score that was read before one of them is not saved after it. */
    erasures: Generated<number>;
    /** The output properties that HubSpot was given (`describeDefinitions`). */
    properties_made: string | null;
    /** The same of people's properties; null: none were made, or the grant does not cover them. */
    contact_properties_made: string | null;
    /** When our own properties were last made again. */
    properties_restored_at: OptionalTime;
    installed_at: Time;
    disconnected_at: OptionalTime;
  };
  used_install_states: { state_hash: Buffer; expires_at: Time };
  inbox_events: {
    portal_id: PortalId;
    occurred_at: number;
    dedupe_key: number;
  };
  stale_records: {
    portal_id: PortalId;
    object_type: string;
    object_id: string;
    needs: number;
    version: Generated<number>;
    attempts: Generated<number>;
    marked_at: Time;
    due_at: Time;
    lease_until: OptionalTime;
    priority: Generated<number>;
  };
  crm_records: {
    portal_id: PortalId;
    object_type: string;
    object_id: string;
    properties: JSONColumnType<Record<string, string | null>>;
    archived: Generated<boolean>;
    merged_into: string | null;
    read_no: number;
    fetched_at: Time;
  };
  crm_links: {
    portal_id: PortalId;
    from_type: string;
    from_id: string;
    to_type: string;
    to_id: string;
    is_primary: Generated<boolean>;
  };
  erased_people: { portal_id: PortalId; person_hash: Buffer; erased_at: Time };
  signals: {
    portal_id: PortalId;
    signal_key: string;
    kind: string;
    person_id: string | null;
    account_id: string | null;
    at: number;
    source: string;
    strength: number | null;
    subject: string | null;
    expires_at: number | null;
    /** The CRM record that it was made from, as "type:id"; "key:id" or "import:user" for one that was sent. */
    origin: string;
    ratings: JSONColumnType<SignalRatings | null, string | null, string | null>;
    legal_basis: string | null;
  };
  judgements: {
    portal_id: PortalId;
    account_id: string;
    criterion: string;
    judged_at: number;
    rung: string | null;
    judged_by: string;
    note: string | null;
    expires_at: number | null;
  };
  portal_models: {
    portal_id: PortalId;
    model_key: string;
    version: number;
    purpose: "priority" | "readiness";
    document: JSONColumnType<object>;
    active: boolean;
    published_at: Time;
    published_by: string | null;
    note: string | null;
  };
  dirty_accounts: {
    portal_id: PortalId;
    account_id: string;
    version: Generated<number>;
    priority: number;
    attempts: Generated<number>;
    marked_at: Time;
    due_at: Time;
    lease_until: OptionalTime;
  };
  account_scores: {
    portal_id: PortalId;
    account_id: string;
    snapshot_no: number;
    /** See `packProof`. Null: it named a person who was erased, and the account is being scored again. */
    proof: string | null;
    /** For example "playbook-100 v2, readiness-10 v1". */
    models: string;
    score: number | null;
    tier: string | null;
    readiness: number | null;
    scored_at: number;
    /** When score or tier last moved, from what, and why. */
    moved_at: number | null;
    score_from: number | null;
    tier_from: string | null;
    reasons: JSONColumnType<string[]>;
    next_change_at: number | null;
    /** Whether it passes the gate of the ideal customer profile, and since when; null: that is not known. */
    fits: boolean | null;
    fits_since: number | null;
    output: JSONColumnType<Record<string, string>>;
    written: JSONColumnType<Record<string, string> | null, string | null, string | null>;
    refused: JSONColumnType<Record<string, string> | null, string | null, string | null>;
    /** See `markSending`. */
    sendings: Generated<number>;
  };
  /** Scores that stood once; the present one is in `account_scores` alone. */
  score_history: {
    portal_id: PortalId;
    account_id: string;
    snapshot_no: number;
    ended_at: number;
    moved_at: number | null;
    scored_at: number;
    models: string;
    score: number | null;
    tier: string | null;
    readiness: number | null;
    score_from: number | null;
    tier_from: string | null;
    reasons: JSONColumnType<string[]>;
    /** Null: it named a person who was erased. */
    proof: string | null;
  };
  /** Who was linked to an account and is not any more: its stored scores may still name them. */
  former_members: { portal_id: PortalId; person_id: string; account_id: string; left_at: Time };
  write_failures: {
    portal_id: PortalId;
    object_type: "companies" | "contacts";
    object_id: string;
    category: string;
    message: string;
    failed_at: Time;
  };
  /** Rules of an admin that HubSpot refused writes by. */
  write_rules: {
    portal_id: PortalId;
    object_type: "companies" | "contacts";
    property: string;
    depends_on: string[];
    values: string[];
    refused_at: Time;
  };
  refused_requests: { portal_id: PortalId; since: Time; refused: number };
  /** The newest 200 times from a live change to its result in HubSpot. */
  write_delays: { portal_id: PortalId; delays_ms: number[]; measured_at: Time };
  dead_letters: {
    portal_id: PortalId;
    kind: "record" | "account";
    /** "type:id" of a record, or the id of an account. */
    subject: string;
    reason: string;
    died_at: Time;
    attempts: Generated<number>;
    /** What of a record was to be read; null for an account. */
    needs: number | null;
  };
  backfills: {
    portal_id: PortalId;
    object_type: string;
    page_after: string | null;
    /** Read number at the start: what was read before may be gone since. */
    started_no: number;
    done: Generated<number>;
    total: number | null;
    finished_at: OptionalTime;
    /** Two marks that take turns, so that the rate is always that of the last minute (`advanceBackfill`). */
    pace_from_at: Time;
    pace_from_done: Generated<number>;
    pace_next_at: Time;
    pace_next_done: Generated<number>;
  };
  reconciles: {
    portal_id: PortalId;
    scope: "poll" | "full";
    /** By the business clock, like `finished_at`. */
    started_at: number;
    step: string;
    page_after: string | null;
    checked: Generated<number>;
    drift: JSONColumnType<Record<string, number>, string | undefined, string>;
    advanced_at: OptionalTime;
    finished_at: number | null;
  };
  reconcile_marks: {
    portal_id: PortalId;
    scope: "poll" | "full";
    object_type: string;
    changed_until: number | null;
    swept_to: string | null;
  };
  definition_faults: { portal_id: PortalId; subject: string; message: string; found_at: Time };
  seen_options: { portal_id: PortalId; property: string; options: JSONColumnType<string[]> };
  api_keys: {
    portal_id: PortalId;
    key_id: string;
    label: string;
    secret_hash: Buffer;
    request_id: string;
    created_by: string;
    created_at: Time;
    last_used_at: OptionalTime;
    revoked_at: OptionalTime;
    window_started_at: Time;
    window_requests: Generated<number>;
  };
  muted_sources: { portal_id: PortalId; source: string; muted_by: string; muted_at: Time };
  schedules: { name: string; next_run_at: Time };
  request_budgets: {
    portal_id: PortalId;
    kind: string;
    grants: Generated<number[]>;
    paused_until: Generated<number>;
    pause_reason: string | null;
  };
}
