import { askDatabase } from "../../support/ask-database.ts";
import type { PortalAtWork } from "../../support/portal-at-work.ts";
import type { Results } from "../../support/read-results.ts";

interface Link {
  readonly personId: string;
  readonly companyId: string;
}

/** Whom the mirror, or a score, gives to a company and HubSpot does not, or the other way round; in words. */
export async function judgePeople(
  databaseUrl: string,
  { portalId, crm }: Pick<PortalAtWork, "portalId" | "crm">,
  results: Results,
): Promise<string[]> {
  const mirrored = await askDatabase<Link>(
    databaseUrl,
    `SELECT l.from_id AS "personId", l.to_id AS "companyId" FROM crm_links l
     JOIN crm_records p ON p.portal_id = l.portal_id AND p.object_type = 'contacts' AND p.object_id = l.from_id AND NOT p.archived
     JOIN crm_records c ON c.portal_id = l.portal_id AND c.object_type = 'companies' AND c.object_id = l.to_id AND NOT c.archived
     WHERE l.portal_id = $1 AND l.from_type = 'contacts' AND l.to_type = 'companies'`,
    [portalId],
  );
  const ours = new Set(mirrored.map(toPair));
  const scored = new Set(
    Object.entries(results).flatMap(([companyId, { snapshot }]) =>
      snapshot.people.map(({ id: personId }) => toPair({ personId, companyId })),
    ),
  );
  const theirs = new Set(
    crm
      .find("companies", {})
      .flatMap(({ id: companyId }) =>
        crm.linked({ type: "companies", id: companyId }, "contacts").map((personId) => toPair({ personId, companyId })),
      ),
  );
  const held = [
    ["the mirror", ours],
    ["the score", scored],
  ] as const;
  return held.flatMap(([holder, pairs]) => [
    ...[...pairs.difference(theirs)].map((pair) => `${holder} links ${pair}, HubSpot does not`),
    ...[...theirs.difference(pairs)].map((pair) => `HubSpot links ${pair}, ${holder} does not`),
  ]);
}

const toPair = ({ personId, companyId }: Link): string => `person ${personId} with company ${companyId}`;
