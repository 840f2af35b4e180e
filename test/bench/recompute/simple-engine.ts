import { sql } from "kysely";
import type { Database } from "../../../server/db/database.ts";
import { benchNow } from "../scoring/build-accounts.ts";

/**
 * What performance.md §3 calls a whole recompute: 8 contacts and 50 signals an account in tables made for it, some 20 criteria,
 * a line of explanation each, saved with the total. No proof, no history, no model as data, no second model, nobody else's work.
 * The goal of 8,000 accounts a second was set beside 11,642 of such a program; how far ours is from it, this tells on any machine.
 */
export interface SimpleEngine {
  /** Scores and saves every account, a hundred at once in three lanes. */
  recompute(): Promise<void>;
}

const dayMs = 86_400_000;
const together = 100;
const lanes = 3;
const kinds = Array.from({ length: 15 }, (_, n) => ({ halfLifeDays: 10 + n, weight: 1 + (n % 3), cap: 20 }));

export async function createSimpleEngine(db: Database, accounts: number): Promise<SimpleEngine> {
  await sql`CREATE TABLE simple_companies (id int PRIMARY KEY, industry text, employees int, revenue bigint, target boolean)`.execute(
    db,
  );
  await sql`CREATE TABLE simple_contacts (id int PRIMARY KEY, company_id int, role text)`.execute(db);
  await sql`CREATE TABLE simple_signals (id bigserial PRIMARY KEY, company_id int, kind smallint, weight real, at bigint)`.execute(
    db,
  );
  await sql`CREATE TABLE simple_scores (id int PRIMARY KEY, total real, axes real[], explanation jsonb)`.execute(db);
  await sql`
    INSERT INTO simple_companies SELECT n, 'industry ' || n % 5, n % 3000, n::bigint * 1000, n % 7 = 0
    FROM generate_series(1, ${accounts}::int) n`.execute(db);
  await sql`
    INSERT INTO simple_contacts SELECT n * 10 + p, n, 'role ' || p % 3
    FROM generate_series(1, ${accounts}::int) n, generate_series(0, 7) p`.execute(db);
  // In the order of time, as in `fillPortal`.
  await sql`
    INSERT INTO simple_signals (company_id, kind, weight, at)
    SELECT n, (s * 7 + n) % 15, 1 + s % 5, ${benchNow}::bigint - s * ${dayMs}::bigint
    FROM generate_series(50, 1, -1) s, generate_series(1, ${accounts}::int) n`.execute(db);
  await sql`CREATE INDEX ON simple_contacts (company_id)`.execute(db);
  await sql`CREATE INDEX ON simple_signals (company_id)`.execute(db);
  return {
    recompute: async () => {
      let next = 1;
      const lane = async () => {
        while (next <= accounts) {
          const ids = Array.from({ length: Math.min(together, accounts + 1 - next) }, (_, n) => next + n);
          next += together;
          await save(db, await score(db, ids));
        }
      };
      await Promise.all(Array.from({ length: lanes }, lane));
    },
  };
}

interface Scored {
  readonly id: number;
  readonly axes: readonly [fit: number, people: number, engagement: number];
  readonly explanation: readonly { readonly name: string; readonly points: number; readonly why: string }[];
}
interface Company {
  readonly id: number;
  readonly industry: string;
  readonly employees: number;
  readonly revenue: number;
  readonly target: boolean;
}

async function score(db: Database, ids: readonly number[]): Promise<Scored[]> {
  const wanted = sql`${[...ids]}::int[]`;
  const [companies, contacts, signals] = await Promise.all([
    sql<Company>`SELECT * FROM simple_companies WHERE id = ANY(${wanted})`.execute(db),
    sql<{ company: number; role: string }>`
      SELECT company_id AS company, role FROM simple_contacts WHERE company_id = ANY(${wanted})`.execute(db),
    sql<{ company: number; kind: number; weight: number; at: number }>`
      SELECT company_id AS company, kind, weight, at FROM simple_signals WHERE company_id = ANY(${wanted})`.execute(db),
  ]);
  const people = Map.groupBy(contacts.rows, ({ company }) => company);
  const sums = new Map(ids.map((id) => [id, new Float64Array(kinds.length)]));
  for (const { company, kind, weight, at } of signals.rows) {
    const rule = kinds[kind];
    const sum = sums.get(company);
    if (rule && sum)
      sum[kind] = (sum[kind] ?? 0) + weight * rule.weight * 2 ** (-(benchNow - at) / dayMs / rule.halfLifeDays);
  }
  return companies.rows.map((company) => scoreOne(company, people.get(company.id) ?? [], sums.get(company.id)));
}

function scoreOne(company: Company, people: readonly { role: string }[], sums: Float64Array | undefined): Scored {
  const explanation: Scored["explanation"][number][] = [];
  const add = (name: string, points: number, why: string): number => {
    if (points > 0) explanation.push({ name, points: Math.round(points * 1000) / 1000, why });
    return points;
  };
  const champions = people.filter(({ role }) => role === "role 1").length;
  const fit =
    add("employees", company.employees > 100 ? 10 : 0, `${company.employees} employees`) +
    add("industry", company.industry < "industry 3" ? 8 : 0, company.industry) +
    add("revenue", company.revenue > 1e6 ? 5 : 0, `revenue ${company.revenue}`) +
    add("target", company.target ? 3 : 0, "a target account");
  const known =
    add("champions", champions * 2, `${champions} champions`) +
    add("people", people.length > 3 ? 3 : 0, `${people.length} people`);
  let engagement = 0;
  for (const [kind, { cap }] of kinds.entries())
    engagement += add(`signal ${kind}`, Math.min(sums?.[kind] ?? 0, cap), `signals of kind ${kind}, decayed`);
  return { id: company.id, axes: [fit, known, engagement], explanation };
}

async function save(db: Database, scores: readonly Scored[]): Promise<void> {
  await sql`
    INSERT INTO simple_scores
    SELECT id, fit + people + engagement, ARRAY[fit, people, engagement], explanation FROM unnest(${scores.map(({ id }) => id)}::int[],
      ${scores.map(({ axes }) => axes[0])}::real[], ${scores.map(({ axes }) => axes[1])}::real[],
      ${scores.map(({ axes }) => axes[2])}::real[], ${scores.map((one) => JSON.stringify(one.explanation))}::jsonb[])
      AS t(id, fit, people, engagement, explanation)
    ON CONFLICT (id) DO UPDATE SET total = excluded.total, axes = excluded.axes, explanation = excluded.explanation`.execute(
    db,
  );
}
