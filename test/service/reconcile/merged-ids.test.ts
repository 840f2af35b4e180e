import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { setSwitches, switchDefinitions } from "../../../hubspot-stand-in/switches.ts";
import { startReconcile } from "../../../server/db/reconciles.ts";
import { firstStep } from "../../../server/intake/reconcile/steps.ts";
import { askDatabase } from "../../support/ask-database.ts";
import { companyIdAt, personIdAt, plainPortal } from "../../support/plain-portal.ts";
import { createQuietPortal, type QuietPortal } from "../../support/quiet-portal.ts";

const { batchReadOfMergedId, mergedIdsNamed, mergedInBin } = switchDefinitions;
/** What HubSpot may do with an id when its record is merged away. */
const kinds = mergedIdsNamed.values.flatMap((named) =>
  mergedInBin.values.map((inBin) => ({ mergedIdsNamed: named, mergedInBin: inBin })),
);

describe("Records that were merged while nobody told us", () => {
  let portal: QuietPortal;
  beforeAll(async () => {
    const companies = 2 * kinds.length * batchReadOfMergedId.values.length;
    portal = await createQuietPortal(plainPortal({ portalId: 4_718, companies, peopleEach: 2, nowAt: Date.now() }));
  });
  afterAll(() => portal?.stop());

  /** Two companies, and two people of the first one. Returns who must live on in whom, and who belongs to the one company. */
  const merge = (kind: (typeof kinds)[number], index: number) => {
    setSwitches(portal.standIn.switches, kind);
    const pair = [companyIdAt(2 * index), companyIdAt(2 * index + 1)] as const;
    const people = [personIdAt(4 * index), personIdAt(4 * index + 1)] as const;
    const company = portal.crm.merge("companies", ...pair);
    const person = portal.crm.merge("contacts", ...people);
    const into = [...pair.map((id) => [id, company]), ...people.map((id) => [id, person])];
    return { kind, into, company, people: [personIdAt(4 * index + 2), personIdAt(4 * index + 3), person] };
  };

  it.each(batchReadOfMergedId.values.map((position, at) => ({ position, at })))(
    "live on in those that they became when a batch read finds them $position",
    async ({ position, at }) => {
      const { ctx, portalId, databaseUrl } = portal;
      setSwitches(portal.standIn.switches, { batchReadOfMergedId: position });
      const merges = kinds.map((kind, index) => merge(kind, at * kinds.length + index));
      await startReconcile(ctx.db, portalId, { scope: "full", step: firstStep("full"), now: ctx.now() });
      await portal.reconcile();
      const records = await askDatabase<{ id: string; into: string }>(
        databaseUrl,
        "SELECT object_id AS id, merged_into AS into FROM crm_records",
      );
      const links = await askDatabase<{ id: string; to: string }>(
        databaseUrl,
        "SELECT from_id AS id, to_id AS to FROM crm_links ORDER BY from_id",
      );
      const found = merges.map(({ kind, into, company }) => ({
        kind,
        into: into.map(([id]) => [id, records.find((record) => record.id === id)?.into]),
        company,
        people: links.filter(({ to }) => to === company).map(({ id }) => id),
      }));
      expect(found).toEqual(merges);
    },
  );
});
