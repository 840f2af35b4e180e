import { hash } from "node:crypto";
import type { AppObjectKey } from "@touchstone/shared/app-objects.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { shippedTiers } from "@touchstone/shared/output-properties.ts";
import { findTaxonomyRole } from "@touchstone/shared/role-taxonomies.ts";
import type { Database } from "../../db/database.ts";
import { readAssignments, readEnrolledAccounts, readPlaces } from "../../db/mirror-facts.ts";
import { type PlannedLink, planLinks } from "../../db/mirror-links.ts";
import { planRecords } from "../../db/mirror-records.ts";
import { listPlays } from "../../db/plays.ts";
import { beginReading, holdPortal } from "../../db/portals.ts";
import { readTierNames } from "../../db/tier-programmes.ts";

interface Plan {
  readonly records: readonly { readonly key: string; readonly wanted: Readonly<Record<string, string>> }[];
  readonly links: readonly PlannedLink[];
}

const mostPlays = 1_000;

/**
 * Notes what HubSpot should hold of the programme now; what is so already costs nothing further. False when a person was erased
 * meanwhile, whom the plan may name: then it is to be made again.
 */
export async function planMirror(db: Database, portalId: PortalId): Promise<boolean> {
  const { erasures } = await beginReading(db, portalId);
  const plans: Readonly<Record<AppObjectKey, Plan>> = {
    tier: await planTiers(db, portalId),
    play: await planPlays(db, portalId),
    buying_role: await planRoles(db, portalId),
  };
  for (const object of ["tier", "play", "buying_role"] as const) {
    const isSaved = await db.transaction().execute(async (trx) => {
      if ((await holdPortal(trx, portalId)) !== erasures) return false;
      await planRecords(trx, portalId, object, plans[object].records);
      await planLinks(trx, portalId, object, plans[object].links);
      return true;
    });
    if (!isSaved) return false;
  }
  return true;
}

const toCompany = ({ key, toId }: { key: string; toId: string }): PlannedLink => ({ key, toType: "companies", toId });

async function planTiers(db: Database, portalId: PortalId): Promise<Plan> {
  const own = await readTierNames(db, portalId);
  const tiers = own.length > 0 ? own : shippedTiers;
  const places = await readPlaces(
    db,
    portalId,
    tiers.map(({ key }) => key),
  );
  return {
    records: tiers.map(({ key, name }, place) => ({
      key,
      wanted: { tier_name: name, tier_order: String(place + 1) },
    })),
    links: places.map(toCompany),
  };
}

async function planPlays(db: Database, portalId: PortalId): Promise<Plan> {
  const plays = await listPlays(db, portalId, mostPlays);
  const keys = new Set(plays.map(({ playId }) => playId));
  const enrolled = await readEnrolledAccounts(db, portalId);
  return {
    records: plays.map(({ playId, play, status, launchedAt }) => ({
      key: playId,
      wanted: {
        play_name: play.name,
        play_tier: play.tier,
        play_status: status,
        play_launched_on: launchedAt === null ? "" : new Date(launchedAt).toISOString().slice(0, 10),
      },
    })),
    links: enrolled.filter(({ key }) => keys.has(key)).map(toCompany),
  };
}

async function planRoles(db: Database, portalId: PortalId): Promise<Plan> {
  const given = (await readAssignments(db, portalId)).flatMap(({ accountId, personId, roles }) =>
    roles.flatMap((one) => {
      const role = findTaxonomyRole(one.taxonomy, one.role);
      return role ? [{ key: roleKey([accountId, personId, one.taxonomy, one.role]), accountId, personId, role }] : [];
    }),
  );
  return {
    records: given.map(({ key, role }) => ({ key, wanted: { role_name: role.label, role_key: role.key } })),
    links: given.flatMap(({ key, accountId, personId }): PlannedLink[] => [
      { key, toType: "companies", toId: accountId },
      { key, toType: "contacts", toId: personId },
    ]),
  };
}

/** Names nobody: it outlives the person until the record is gone from HubSpot. */
const roleKey = (parts: readonly string[]): string => hash("sha256", parts.join("\n"), "hex").slice(0, 32);
