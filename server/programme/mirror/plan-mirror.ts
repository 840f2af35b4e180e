import { hash } from "node:crypto";
import type { AppObjectKey } from "@touchstone/shared/app-objects.ts";
import { dayOf } from "@touchstone/shared/day-of.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { shippedTiers } from "@touchstone/shared/output-properties.ts";
import { findTaxonomyRole } from "@touchstone/shared/role-taxonomies.ts";
import type { Context } from "../../context.ts";
import type { Database } from "../../db/database.ts";
import { replaceMirrorFault } from "../../db/definition-faults.ts";
import { readAssignments, readEnrolledAccounts, readPlaces } from "../../db/mirror-facts.ts";
import { type PlannedLink, planLinks } from "../../db/mirror-links.ts";
import { planRecords } from "../../db/mirror-records.ts";
import { listPlays } from "../../db/plays.ts";
import { beginReading, holdPortal } from "../../db/portals.ts";
import { readTierNames } from "../../db/tier-programmes.ts";

interface Plan {
  readonly records: readonly { readonly key: string; readonly wanted: Readonly<Record<string, string>> }[];
  readonly links: readonly PlannedLink[];
  /** What is left out, in a few words; null: nothing. */
  readonly cut: string | null;
}

/** Beyond so many nothing is mirrored; of each kind of link. */
const bounds = { plays: 1_000, links: 50_000 };
type Bounds = typeof bounds;

/**
 * Notes what HubSpot should hold of the programme now, days on the portal's clock; what is so already costs nothing further. False when a person was erased
 * meanwhile, whom the plan may name: then it is to be made again.
 */
export async function planMirror(
  { db, log }: Pick<Context, "db" | "log">,
  portalId: PortalId,
  timeZone: string,
  most: Bounds = bounds,
): Promise<boolean> {
  const { erasures } = await beginReading(db, portalId);
  const plans: Readonly<Record<AppObjectKey, Plan>> = {
    tier: await planTiers(db, portalId, most),
    play: await planPlays(db, portalId, timeZone, most),
    buying_role: await planRoles(db, portalId, most),
  };
  for (const object of ["tier", "play", "buying_role"] as const) {
    const { cut } = plans[object];
    if (cut) log.warn({ portalId, object, cut }, "the mirror in HubSpot does not hold all of the programme");
    const isSaved = await db.transaction().execute(async (trx) => {
      if ((await holdPortal(trx, portalId)) !== erasures) return false;
      await planRecords(trx, portalId, object, plans[object].records);
      await planLinks(trx, portalId, object, plans[object].links);
      await replaceMirrorFault(trx, portalId, object, cut && sayCut(cut));
      return true;
    });
    if (!isSaved) return false;
  }
  return true;
}

const sayCut = (cut: string) =>
  `HubSpot's records of the programme hold ${cut}; there are more. Nothing is lost: Touchstone counts all of them. In HubSpot, go by the properties of the group Touchstone.`;

/** The first `most` of rows that were read up to one further. */
function cutAt<Row>(rows: readonly Row[], most: number, what: string): { rows: readonly Row[]; cut: string | null } {
  const isCut = rows.length > most;
  return { rows: rows.slice(0, most), cut: isCut ? `only the first ${most.toLocaleString("en")} ${what}` : null };
}

const toCompany = ({ key, toId }: { key: string; toId: string }): PlannedLink => ({ key, toType: "companies", toId });

async function planTiers(db: Database, portalId: PortalId, most: Bounds): Promise<Plan> {
  const own = await readTierNames(db, portalId);
  const tiers = own.length > 0 ? own : shippedTiers;
  const keys = tiers.map(({ key }) => key);
  const places = cutAt(await readPlaces(db, portalId, keys, most.links + 1), most.links, "accounts with a tier");
  return {
    records: tiers.map(({ key, name }, place) => ({
      key,
      wanted: { tier_name: name, tier_order: String(place + 1) },
    })),
    links: places.rows.map(toCompany),
    cut: places.cut,
  };
}

async function planPlays(db: Database, portalId: PortalId, timeZone: string, most: Bounds): Promise<Plan> {
  const plays = cutAt(await listPlays(db, portalId, most.plays + 1), most.plays, "plays");
  const keys = new Set(plays.rows.map(({ playId }) => playId));
  const enrolled = cutAt(await readEnrolledAccounts(db, portalId, most.links + 1), most.links, "accounts of plays");
  return {
    records: plays.rows.map(({ playId, play, status, launchedAt }) => ({
      key: playId,
      wanted: {
        play_name: play.name,
        play_tier: play.tier,
        play_status: status,
        play_launched_on: launchedAt === null ? "" : dayOf(launchedAt, timeZone),
      },
    })),
    links: enrolled.rows.filter(({ key }) => keys.has(key)).map(toCompany),
    cut: [plays.cut, enrolled.cut].filter(Boolean).join(" and ") || null,
  };
}

async function planRoles(db: Database, portalId: PortalId, most: Bounds): Promise<Plan> {
  const members = cutAt(await readAssignments(db, portalId, most.links + 1), most.links, "people with a role");
  const given = members.rows.flatMap(({ accountId, personId, roles }) =>
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
    cut: members.cut,
  };
}

/** Names nobody: it outlives the person until the record is gone from HubSpot. */
const roleKey = (parts: readonly string[]): string => hash("sha256", parts.join("\n"), "hex").slice(0, 32);
