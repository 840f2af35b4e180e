import type { CommitteeView } from "@touchstone/shared/committee-api.ts";
import { sql } from "kysely";
import { read } from "../ask-world.ts";
import type { SimulatedWorld } from "../simulated-world.ts";
import type { Invariant } from "./invariant.ts";

interface MemberRow {
  readonly person: string;
  readonly roles: readonly { readonly role: string }[];
  readonly departed: boolean;
}
interface PlaceRow {
  readonly role: string;
  readonly depth: string;
}

/** Row 72, counted by hand: who is looked for, and what HubSpot's own property says of a person. */
const required = ["economic_buyer", "champion", "end_user", "influencer", "approver"];
const spoken: Readonly<Record<string, string>> = {
  DECISION_MAKER: "economic_buyer",
  BUDGET_HOLDER: "economic_buyer",
  CHAMPION: "champion",
  END_USER: "end_user",
  INFLUENCER: "influencer",
  LEGAL_AND_COMPLIANCE: "approver",
};
/** Row 75: what is known of a role must be at least as near as the tier asks for. */
const nearEnough: Readonly<Record<string, readonly string[]>> = { tier_1: [], tier_2: ["title"] };
const anyPlace = ["title", "category"];
/** So many companies in turn at each step, beside those whose committee somebody touched within the hour. */
const inTurn = 2;

export const coverageIsCounted: Invariant = {
  name: "coverage equals a naive recount",
  check: async ({ world, hour }) => {
    const breaches: string[] = [];
    for (const company of await choose(world, hour)) {
      const { coverage } = await read<CommitteeView>(world, `/api/accounts/${company}/committee`);
      const covered = await recount(world, company);
      if (coverage.required !== required.length || coverage.covered !== covered.size)
        breaches.push(
          `${company} covers ${coverage.covered} of ${coverage.required} roles, counted by hand ${covered.size} of ${required.length}`,
        );
    }
    return breaches;
  },
};

async function choose(world: SimulatedWorld, hour: number): Promise<Set<string>> {
  const companies = world.companies();
  const turn = Array.from({ length: inTurn }, (_, index) => companies[(hour * inTurn + index) % companies.length]?.id);
  const { rows } = await sql<{ account: string }>`
    SELECT account_id AS account FROM committee_members WHERE portal_id = ${world.portalId} AND changed_at = ${world.now()}
    UNION SELECT account_id FROM committee_places WHERE portal_id = ${world.portalId} AND changed_at = ${world.now()}`.execute(
    world.db,
  );
  const alive = new Set(companies.map(({ id }) => id));
  return new Set([...turn, ...rows.map(({ account }) => account)].flatMap((id) => (id && alive.has(id) ? id : [])));
}

async function recount(world: SimulatedWorld, company: string): Promise<Set<string>> {
  const { db, portalId } = world;
  const members = await sql<MemberRow>`
    SELECT person_id AS person, roles, departed FROM committee_members
    WHERE portal_id = ${portalId} AND account_id = ${company}`.execute(db);
  const places = await sql<PlaceRow>`
    SELECT role, depth FROM committee_places WHERE portal_id = ${portalId} AND account_id = ${company}`.execute(db);
  const found = new Set<string>();
  for (const person of world.crm.linked({ type: "companies", id: company }, "contacts")) {
    const properties = world.crm.get("contacts", person)?.properties ?? {};
    const member = members.rows.find((row) => row.person === person);
    if (member?.departed || Number(properties.hs_email_bounce ?? 0) > 0) continue;
    for (const { role } of member?.roles ?? []) found.add(role);
    for (const word of (properties.hs_buying_role ?? "").split(";")) found.add(spoken[word] ?? "");
  }
  const tier = world.crm.get("companies", company)?.properties.touchstone_programme_tier ?? "";
  for (const { role, depth } of places.rows) if ((nearEnough[tier] ?? anyPlace).includes(depth)) found.add(role);
  return new Set(required.filter((role) => found.has(role)));
}
