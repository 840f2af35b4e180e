import type { AccountView } from "@touchstone/shared/card-api.ts";
import { sql } from "kysely";
import { read } from "../ask-world.ts";
import type { Invariant } from "./invariant.ts";

interface ScoreRow {
  readonly account: string;
  readonly score: number | null;
  readonly nextChangeAt: number | null;
  readonly output: Readonly<Record<string, string>>;
}

/** Nothing waits at the end of a step: HubSpot holds what we say, of every company and of no other. */
export const hubSpotHoldsWhatIsStored: Invariant = {
  name: "scores equal what is stored and what HubSpot holds",
  check: async ({ world }) => {
    const { rows } = await sql<ScoreRow>`
      SELECT account_id AS account, score, next_change_at AS "nextChangeAt", output FROM account_scores
      WHERE portal_id = ${world.portalId}`.execute(world.db);
    const stored = new Map(rows.map((row) => [row.account, row]));
    const breaches: string[] = [];
    for (const { id, properties } of world.companies()) {
      const row = stored.get(id);
      if (!row || !stored.delete(id)) {
        breaches.push(`${id} has no score`);
        continue;
      }
      const shown = properties.touchstone_score ?? "";
      if (shown !== (row.score === null ? "" : String(row.score)))
        breaches.push(`${id} has ${row.score} points and HubSpot shows ${shown || "none"}`);
      const other = Object.keys(row.output).filter((name) => (properties[name] ?? "") !== row.output[name]);
      if (other.length > 0) breaches.push(`${id}: HubSpot holds another ${other.join(", ")}`);
      if (row.nextChangeAt !== null && row.nextChangeAt <= world.now())
        breaches.push(`${id} should have been scored again at ${new Date(row.nextChangeAt).toISOString()}`);
    }
    return [...breaches, ...[...stored.keys()].map((id) => `${id} has a score and is not in HubSpot`)];
  },
};

/** One company in turn at each step: what its card lists adds up to the score that HubSpot shows. */
export const ledgersAddUp: Invariant = {
  name: "the lines of a ledger add up to the score in HubSpot",
  check: async ({ world, hour }) => {
    const companies = world.companies();
    const company = companies[(hour * 7) % companies.length];
    if (!company) return [];
    const { priority } = await read<AccountView>(world, `/api/accounts/${company.id}`);
    const sum = (priority?.lines ?? []).reduce((points, line) => points + line.points, 0);
    const score = priority?.score ?? null;
    const shown = company.properties.touchstone_score;
    if (score === null ? shown : Number(shown) !== score)
      return [`${company.id}: the card says ${score}, HubSpot ${shown}`];
    return score !== null && Math.abs(sum - score) > 0.05
      ? [`${company.id}: lines of ${sum} points, a score of ${score}`]
      : [];
  },
};
