import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { advanceBackfill, type Backfill } from "../db/backfills.ts";
import { type PersonLink, savePeopleOfCompanies } from "../db/company-links.ts";
import { markDirty, priorities } from "../db/dirty-accounts.ts";
import { needs } from "../db/inbox.ts";
import { findErased } from "../db/people.ts";
import { holdPortal } from "../db/portals.ts";
import { markStale } from "../db/stale-records.ts";
import type { CompanyPage, CompanyPages } from "./company-pages.ts";
import { readPeople } from "./read-people.ts";
import { everything } from "./record-properties.ts";
import { personHash, saveToMirror } from "./save-to-mirror.ts";

type Parts = Pick<Context, "db" | "hubspot">;
type Trx = Parameters<typeof saveToMirror>[0];

/**
 * Reads one page of companies with their people. The people are saved as they come, and those that this backfill has read are
 * not read again; then the companies and all links are saved with the cursor, and the companies are to be scored. A company whose
 * people HubSpot could not tell waits until it can.
 */
export async function backfillCompanies(
  ctx: Parts,
  portalId: PortalId,
  { at, people, pages }: { readonly at: Backfill; readonly people: Backfill; readonly pages: CompanyPages },
): Promise<void> {
  const page = await pages.next(at);
  const links = page.records.flatMap((company) =>
    (company.associations?.contacts ?? []).map((personId) => ({ personId, companyId: company.id })),
  );
  await readPeople(ctx, portalId, page.readNo, people, [...new Set(links.map((link) => link.personId))]);
  await ctx.db.transaction().execute(async (trx) => {
    await holdPortal(trx, portalId);
    const next = { objectType: "companies", startedNo: at.startedNo, from: at.pageAfter, next: page.after };
    if (!(await advanceBackfill(trx, portalId, { ...next, count: page.records.length }))) return;
    await saveCompanies(trx, portalId, page, links);
  });
}

async function saveCompanies(
  trx: Trx,
  portalId: PortalId,
  { readNo, records: companies, untold }: CompanyPage,
  links: readonly PersonLink[],
): Promise<void> {
  const found = companies.map((company) => ({ objectId: company.id, properties: company.properties }));
  const reading = { type: "companies", readNo, found, missing: [], linkedIds: [], links: [] } as const;
  const touched = await saveToMirror(trx, portalId, reading);
  const own = await withoutErased(trx, portalId, links);
  const companyIds = companies.flatMap(({ id }) => (untold.includes(id) ? [] : [id]));
  const passedBy = await savePeopleOfCompanies(trx, portalId, { readNo, companyIds, links: own });
  // Read since, maybe without their links: these are asked for again.
  const people = passedBy.map((objectId) => ({ objectType: "contacts", objectId, needs: everything }));
  const alone = untold.map((objectId) => ({ objectType: "companies", objectId, needs: needs.neighbours }));
  await markStale(trx, portalId, [...people, ...alone], priorities.backfill);
  await markDirty(trx, portalId, touched, priorities.backfill);
}

/** Somebody who was erased must not come back as a link of their company. */
async function withoutErased(trx: Trx, portalId: PortalId, links: readonly PersonLink[]): Promise<PersonLink[]> {
  const hashOf = (personId: string) => personHash(portalId, personId);
  const hashes = [...new Set(links.map((link) => link.personId))].map(hashOf);
  const erased = await findErased(trx, portalId, hashes);
  return links.filter((link) => !erased.has(hashOf(link.personId).toString("hex")));
}
