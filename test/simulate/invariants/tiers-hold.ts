import { sql } from "kysely";
import type { Invariant, Scene } from "./invariant.ts";

interface Place {
  readonly account: string;
  readonly tier: string;
}

/** The document as it was published, read raw. */
interface Published {
  readonly tiers: readonly { readonly key: string; readonly cap: number | null }[];
}

/** Counted in HubSpot, where people see it, and among our own rows. */
export const noTierOverItsCap: Invariant = {
  name: "no tier over its cap",
  check: async (scene) => {
    const caps = await readCaps(scene);
    const [ours, theirs] = [await readPlaces(scene), placesInHubSpot(scene)];
    return [...caps].flatMap(([tier, cap]) => {
      const counts = { "our own rows": countOf(ours, tier), HubSpot: countOf(theirs, tier) };
      return Object.entries(counts).flatMap(([where, count]) =>
        count > cap ? `${tier} holds ${count} of ${cap} accounts by ${where}` : [],
      );
    });
  },
};

/** One row for each scored account; HubSpot shows the same tier, and no day's list names an account twice. */
export const oneTierEach: Invariant = {
  name: "no account in two tiers",
  check: async (scene) => {
    const { db, portalId } = scene.world;
    const breaches: string[] = [];
    const ours = new Map<string, string>();
    for (const { account, tier } of await readPlaces(scene)) {
      if (ours.has(account)) breaches.push(`${account} is in ${ours.get(account)} and in ${tier}`);
      ours.set(account, tier);
    }
    const tiers = new Set((await readCaps(scene)).keys());
    for (const { id, properties } of scene.world.companies()) {
      const [own, shown] = [ours.get(id) ?? "", properties.touchstone_programme_tier ?? ""];
      if ((tiers.has(own) ? own : "") !== shown)
        breaches.push(`${id} is in ${own || "no tier"} and HubSpot says ${shown || "none"}`);
    }
    const { rows } = await sql<{ account: string; day: string }>`
      SELECT account, d.day FROM tier_days d, unnest(d.accounts) AS account WHERE d.portal_id = ${portalId}
        AND d.day = (SELECT max(day) FROM tier_days) GROUP BY account, d.day HAVING count(*) > 1`.execute(db);
    return [...breaches, ...rows.map(({ account, day }) => `${account} stands twice in the list of ${day}`)];
  },
};

const countOf = (places: readonly Place[], tier: string): number => places.filter((one) => one.tier === tier).length;

async function readPlaces({ world: { db, portalId } }: Scene): Promise<Place[]> {
  const { rows } = await sql<Place>`
    SELECT account_id AS account, tier FROM tier_members WHERE portal_id = ${portalId}`.execute(db);
  return rows;
}

const placesInHubSpot = ({ world }: Scene): Place[] =>
  world.companies().map(({ id, properties }) => ({ account: id, tier: properties.touchstone_programme_tier ?? "" }));

async function readCaps({ world: { db, portalId } }: Scene): Promise<Map<string, number>> {
  const { rows } = await sql<{ document: Published }>`
    SELECT document FROM tier_programmes WHERE portal_id = ${portalId} AND active`.execute(db);
  const tiers = rows[0]?.document.tiers ?? [];
  return new Map(tiers.map(({ key, cap }) => [key, cap ?? Number.POSITIVE_INFINITY]));
}
