import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { apiVersion } from "../../hubspot-stand-in/api-version.ts";
import { switchDefinitions } from "../../hubspot-stand-in/switches.ts";
import { companyIdAt, personIdAt, plainPortal } from "../support/plain-portal.ts";
import { createQuietPortal, type QuietPortal } from "../support/quiet-portal.ts";

/** As many names as the models of a portal may read, the last of which the portal has: 25,000 characters. */
const properties = [...Array.from({ length: 250 }, (_, index) => `a_property_${index}_${"x".repeat(80)}`), "phone"];
const phone = "+34 600 000 000";
const priority = "backfill";
const objectType = "companies";
const companies = 3;

describe.each(switchDefinitions.longestUrl.values)(
  "More properties than an address of %d characters names",
  (longestUrl) => {
    let portal: QuietPortal;
    beforeAll(async () => {
      portal = await createQuietPortal(plainPortal({ portalId: 4_719, companies, peopleEach: 1, nowAt: Date.now() }));
      portal.standIn.switches.longestUrl = longestUrl;
    });
    afterAll(() => portal?.stop());
    const counted = () => portal.standIn.requestLog.counts(portal.portalId);

    it("come with a page of a list, for one request more", async () => {
      const { ctx, portalId, standIn } = portal;
      standIn.requestLog.reset();
      const page = await ctx.hubspot.listRecords(portalId, {
        objectType,
        properties,
        associations: ["contacts"],
        limit: 2,
        priority,
      });
      expect(page).toMatchObject({
        records: [0, 1].map((index) => ({
          id: companyIdAt(index),
          properties: { phone },
          associations: { contacts: [personIdAt(index)] },
        })),
        untold: [],
        after: companyIdAt(1),
      });
      expect(Object.values(counted())).toEqual([1, 1]);
    });

    it("leave out of a page whom HubSpot cannot read, and name them", async () => {
      const { ctx, portalId, standIn } = portal;
      const path = `/crm/objects/${apiVersion}/companies/batch/read`;
      standIn.faults.add({ kind: "partialFailure", path, ids: [companyIdAt(1)] });
      const page = await ctx.hubspot.listRecords(portalId, { objectType, properties, priority });
      expect([page.records.map(({ id }) => id), page.untold]).toEqual([[0, 2].map(companyIdAt), [companyIdAt(1)]]);
    });

    it("are read of a record that was merged, by its old id", async () => {
      const { ctx, portalId, crm, standIn } = portal;
      standIn.switches.batchReadOfMergedId = "missing";
      standIn.switches.mergedIdsNamed = "none";
      const merged = crm.merge("companies", companyIdAt(0), companyIdAt(1));
      const ids = [companyIdAt(0), "999"];
      const read = await ctx.hubspot.readRecords(portalId, { objectType, ids, properties, priority });
      expect(read).toMatchObject({ found: [{ id: merged, properties: { phone } }], missing: ["999"] });
      expect([...read.movedTo]).toEqual([[companyIdAt(0), merged]]);
    });
  },
);
