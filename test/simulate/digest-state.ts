import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { SimulatedWorld } from "./simulated-world.ts";

/** What each step left, as one figure over all of them: two runs with the same figure went through the same states. */
export interface StateDigest {
  add(world: SimulatedWorld): Promise<void>;
  toString(): string;
}

/** Rows that follow from the seed alone: no ids that are drawn by chance, no times of the machine's clock. */
const states = [
  "SELECT account_id, score, tier, readiness, next_change_at, scored_at, md5(output::text), md5(proof) FROM account_scores",
  `SELECT account_id, tier, since, by_override, waiting_for, waiting_since, demotion_to, demotion_state, demotion_at, reassess_at
    FROM tier_members`,
  "SELECT account_id, moved_at, kind, tier_from, tier_to FROM tier_moves",
  "SELECT account_id, tier, set_at, expires_at, ended_at FROM tier_overrides",
  "SELECT account_id, crossed_at, due_at, state, trigger, readiness, outreach_at, excuse FROM hot_alerts",
  `SELECT t.kind, t.account_id, t.crossed_at, p.request_id, t.step, t.from_at, t.state
    FROM tasks t LEFT JOIN plays p USING (portal_id, play_id)`,
  "SELECT account_id, person_id, roles, influence, departed FROM committee_members",
  "SELECT account_id, taxonomy, role, depth, named FROM committee_places",
  "SELECT request_id, status, launched_at, override_reason FROM plays",
  `SELECT p.request_id, a.account_id, a.enrolled_at FROM play_accounts a JOIN plays p USING (portal_id, play_id)`,
  "SELECT signal_key, kind, person_id, account_id, at FROM signals",
];

export function createStateDigest(): StateDigest {
  const hash = createHash("sha256");
  let last = "";
  return {
    add: async (world) => {
      hash.update(`${world.now()}\n`);
      for (const state of states) {
        const { rows } = await sql<{ digest: string | null }>`
          SELECT md5(string_agg(t::text, ';' ORDER BY t::text COLLATE "C")) AS digest FROM (${sql.raw(state)}) t`.execute(
          world.db,
        );
        hash.update(`${rows[0]?.digest ?? "none"}\n`);
      }
      hash.update(ofHubSpot(world));
      last = hash.copy().digest("hex");
    },
    toString: () => last,
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
