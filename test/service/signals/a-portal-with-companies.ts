import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Database } from "../../../server/db/database.ts";
import { nextReadNo } from "../../../server/db/records.ts";

export interface SmallCompany {
  readonly id: string;
  readonly properties?: Readonly<Record<string, string | null>>;
  readonly people?: readonly string[];
}

/** Puts companies and their people into the mirror. */
export async function addCompanies(
  db: Database,
  portalId: PortalId,
  companies: readonly SmallCompany[],
): Promise<void> {
  const readNo = await nextReadNo(db);
  const row = (objectType: string, objectId: string, properties: object) => ({
    portal_id: portalId,
    object_type: objectType,
    object_id: objectId,
    properties: JSON.stringify(properties),
    read_no: readNo,
  });
  const people = companies.flatMap((company) => (company.people ?? []).map((id) => ({ id, companyId: company.id })));
  const records = [
    ...companies.map(({ id, properties }) =>
      row("companies", id, { name: `Company ${id}`, domain: `c${id}.example`, ...properties }),
    ),
    ...people.map(({ id }) => row("contacts", id, { jobtitle: "CTO", firstname: "Ana", lastname: "Ruiz" })),
  ];
  await db.insertInto("crm_records").values(records).execute();
  const links = people.map(({ id, companyId }) => ({
    portal_id: portalId,
    from_type: "contacts",
    from_id: id,
    to_type: "companies",
    to_id: companyId,
  }));
  if (links.length > 0) await db.insertInto("crm_links").values(links).execute();
}
