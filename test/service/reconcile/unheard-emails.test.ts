import { afterEach, describe, expect, it } from "@jest/globals";
import { readReconcile, startReconcile } from "../../../server/db/reconciles.ts";
import { firstStep } from "../../../server/intake/reconcile/steps.ts";
import { askDatabase } from "../../support/ask-database.ts";
import { companyIdAt, personIdAt, plainPortal } from "../../support/plain-portal.ts";
import { createQuietPortal, type QuietPortal } from "../../support/quiet-portal.ts";

const emailScope = "sales-email-read";

describe("emails, of which no webhook tells", () => {
  let portal: QuietPortal;
  afterEach(() => portal?.stop());

  async function start(missingScopes: readonly string[]): Promise<void> {
    const seed = plainPortal({ portalId: 4_712_006, companies: 3, peopleEach: 1, nowAt: Date.now() });
    portal = await createQuietPortal(seed, { missingScopes });
    const at = { hs_timestamp: new Date().toISOString(), hs_email_direction: "INCOMING_EMAIL" };
    portal.crm.create("emails", at, [
      { type: "contacts", id: personIdAt(0) },
      { type: "companies", id: companyIdAt(0) },
    ]);
  }
  async function poll(): Promise<readonly string[]> {
    const { db } = portal.ctx;
    await startReconcile(db, portal.portalId, { scope: "poll", step: firstStep("poll"), now: portal.ctx.now() });
    portal.standIn.requestLog.reset();
    await portal.reconcile();
    expect((await readReconcile(db, portal.portalId, "poll"))?.finishedAt).not.toBeNull();
    return Object.keys(portal.standIn.requestLog.counts(portal.portalId)).filter((path) => path.includes("emails"));
  }
  const found = () =>
    askDatabase<{ kind: string; person: string }>(
      portal.databaseUrl,
      "SELECT kind, person_id AS person FROM signals WHERE origin LIKE 'emails:%'",
    );

  it("are found by the poll, with whom they were with", async () => {
    await start([]);
    expect(await poll()).toContain("POST /crm/objects/2026-09/emails/search");
    expect(await found()).toEqual([{ kind: "email_reply", person: personIdAt(0) }]);
    expect(await poll()).toEqual(["POST /crm/objects/2026-09/emails/search"]);
  });

  it("are not asked for every quarter of an hour where the grant does not cover them", async () => {
    await start([emailScope]);
    expect(await poll()).toEqual([]);
    expect(await found()).toEqual([]);
  });
});
