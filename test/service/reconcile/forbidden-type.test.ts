import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { nextReconcile, type Reconcile, readReconcile, startReconcile } from "../../../server/db/reconciles.ts";
import { HubSpotForbidden } from "../../../server/hubspot/hubspot-errors.ts";
import { firstStep } from "../../../server/intake/reconcile/steps.ts";
import { askDatabase } from "../../support/ask-database.ts";
import { companyIdAt, plainPortal } from "../../support/plain-portal.ts";
import { createQuietPortal, type QuietPortal } from "../../support/quiet-portal.ts";

describe("a comparison in a portal that no longer lets us read a type of records", () => {
  let portal: QuietPortal;
  beforeAll(async () => {
    const seed = plainPortal({ portalId: 4_712_005, companies: 3, peopleEach: 1, nowAt: Date.now() });
    portal = await createQuietPortal(seed);
  });
  afterAll(() => portal?.stop());

  const begin = () =>
    startReconcile(portal.ctx.db, portal.portalId, { scope: "full", step: firstStep("full"), now: portal.ctx.now() });
  const compare = async (): Promise<Reconcile | undefined> => {
    await begin();
    await portal.reconcile();
    return readReconcile(portal.ctx.db, portal.portalId, "full");
  };
  const archived = (type: string) =>
    askDatabase<{ archived: boolean }>(
      portal.databaseUrl,
      "SELECT archived FROM crm_records WHERE object_type = $1 ORDER BY object_id",
      [type],
    );

  it("passes the type by, keeps what the mirror holds of it, and goes on to the end", async () => {
    const at = { hs_timestamp: new Date().toISOString() };
    portal.crm.create("emails", { ...at, hs_email_direction: "INCOMING_EMAIL" }, [
      { type: "companies", id: companyIdAt(0) },
    ]);
    const message = portal.crm.create("communications", at, [{ type: "companies", id: companyIdAt(1) }]);
    await compare();
    expect(await archived("emails")).toEqual([{ archived: false }]);
    portal.standIn.lackScopes(portal.portalId, ["sales-email-read"]);
    portal.crm.delete("communications", message);
    const run = await compare();
    expect(run?.finishedAt).not.toBeNull();
    expect(run?.drift).toEqual({ deleted: 1 });
    expect(await archived("emails")).toEqual([{ archived: false }]);
    expect(await archived("communications")).toEqual([{ archived: true }]);
  });

  it("stops at a type without which nothing can be scored", async () => {
    portal.standIn.lackScopes(portal.portalId, ["crm.objects.contacts.read"]);
    await begin();
    await expect(portal.compare()).rejects.toBeInstanceOf(HubSpotForbidden);
    expect((await nextReconcile(portal.ctx.db, portal.portalId))?.step).toMatch(/:contacts$/);
  });
});
