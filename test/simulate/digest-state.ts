import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { SimulatedWorld } from "./simulated-world.ts";

/** What each step left, as one figure over all of them: two runs with the same figure went through the same states. */
export interface StateDigest {
  add(world: SimulatedWorld): Promise<void>;
  result(): { readonly digest: string; readonly states: readonly string[] };
}

/** Rows that follow from the seed alone: no ids that are drawn by chance, no times of the machine's clock. */
const states: Readonly<Record<string, string>> = {
  scores:
    "SELECT account_id, score, tier, readiness, next_change_at, scored_at, md5(output::text), md5(proof) FROM account_scores",
  members: `SELECT account_id, tier, since, by_override, waiting_for, waiting_since, demotion_to, demotion_state, demotion_at,
    reassess_at FROM tier_members`,
  moves: "SELECT account_id, moved_at, kind, tier_from, tier_to FROM tier_moves",
  overrides: "SELECT account_id, tier, set_at, expires_at, ended_at FROM tier_overrides",
  hot: "SELECT account_id, crossed_at, due_at, state, trigger, readiness, outreach_at, excuse FROM hot_alerts",
  tasks: `SELECT t.kind, t.account_id, t.crossed_at, p.request_id, t.step, t.from_at, t.state
    FROM tasks t LEFT JOIN plays p USING (portal_id, play_id)`,
  committees: "SELECT account_id, person_id, roles, influence, departed FROM committee_members",
  places: "SELECT account_id, taxonomy, role, depth, named FROM committee_places",
  plays: "SELECT request_id, status, launched_at, override_reason FROM plays",
  enrolments: `SELECT p.request_id, a.account_id, a.enrolled_at
    FROM play_accounts a JOIN plays p USING (portal_id, play_id)`,
  signals: "SELECT signal_key, kind, person_id, account_id, at FROM signals",
};

export function createStateDigest(): StateDigest {
  const lines: string[] = [];
  return {
    add: async (world) => {
      const keep = (name: string, digest: string) =>
        void lines.push(`${new Date(world.now()).toISOString()} ${name} ${digest}`);
      for (const [name, state] of Object.entries(states)) {
        const { rows } = await sql<{ digest: string | null }>`
          SELECT md5(string_agg(t::text, ';' ORDER BY t::text COLLATE "C")) AS digest FROM (${sql.raw(state)}) t`.execute(
          world.db,
        );
        keep(name, rows[0]?.digest ?? "none");
      }
      keep("hubspot", createHash("md5").update(ofHubSpot(world)).digest("hex"));
    },
    result: () => ({ digest: createHash("sha256").update(lines.join("\n")).digest("hex"), states: lines }),
  };
}

/** What HubSpot holds of ours: results on companies, and tasks. */
function ofHubSpot(world: SimulatedWorld): string {
  const lines = world.companies().map(({ id, properties }) => {
    const own = Object.keys(properties).filter((name) => name.startsWith("touchstone_"));
    return `${id} ${own
      .sort()
      .map((name) => `${name}=${properties[name]}`)
      .join(" ")}`;
  });
  // The marker in the subject is drawn by chance for a step of a play, and so is the order in which such tasks are made.
  const tasks = world.ownTasks().map(({ properties }) => {
    const { hs_task_subject: subject, hs_timestamp: dueAt, hubspot_owner_id: owner } = properties;
    return `${(subject ?? "").replace(/\[[^\]]+\]/, "")} ${dueAt} ${owner ?? ""}`;
  });
  return [...lines, ...tasks.sort()].join("\n");
}
