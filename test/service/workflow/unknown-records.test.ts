import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { PlayView } from "@touchstone/shared/plays-api.ts";
import {
  type ActionOutcome,
  type ActionRun,
  runWorkflowAction,
} from "../../../hubspot-stand-in/workflows/run-workflow-action.ts";
import { askDatabase } from "../../support/ask-database.ts";
import { type ClockedWorld, startClockedWorld } from "../../support/clocked-world.ts";
import { companyIdAt, personIdAt, plainPortal } from "../../support/plain-portal.ts";

const startAt = Date.UTC(2026, 10, 3, 9);
const portalId = 4712;

describe("A workflow action about a record that is not known here", () => {
  let world: ClockedWorld;
  beforeAll(async () => {
    world = await startClockedWorld(plainPortal({ portalId, companies: 1, peopleEach: 3, nowAt: startAt }), startAt);
    await world.install();
    // A workflow may be quicker than the webhooks about what set it going.
    world.standIn.webhooks.mute(portalId);
  });
  afterAll(() => world.stop());

  const run = (order: ActionRun) => runWorkflowAction(world.standIn, portalId, order);
  const signalAbout = (objectType: ActionRun["objectType"], objectId: string): ActionRun => ({
    uid: "touchstone_record_signal",
    objectType,
    objectId,
    inputFields: { kind: "pricing_page_visit" },
    callbackId: `ap-${portalId}-${objectId}`,
  });
  /** As HubSpot does, only sooner: the order again, until it is answered. */
  async function untilAnswered(order: ActionRun): Promise<ActionOutcome> {
    let answer = await run(order);
    await world.until("the order is answered", async () => {
      answer = await run(order);
      return answer.status !== 503;
    });
    return answer;
  }
  const askTable = (sql: string) => askDatabase<Record<string, string>>(world.databaseUrl, sql);
  const recorded = () =>
    askTable("SELECT coalesce(person_id, account_id) AS about FROM signals WHERE origin = 'workflow' ORDER BY about");
  const failure = { status: 200, outputFields: { hs_execution_state: "FAIL_CONTINUE" } };

  it("is put off until the record has been read, and then done once", async () => {
    const person = world.crm.create("contacts", { jobtitle: "CTO" }, [
      { type: "companies", id: companyIdAt(0), primary: true },
    ]);
    const company = world.crm.create("companies", { name: "Company that came in a moment ago" });
    for (const order of [signalAbout("CONTACT", person), signalAbout("COMPANY", company)]) {
      expect((await run(order)).status).toBe(503);
      expect(await untilAnswered(order)).toMatchObject({ outputFields: { hs_execution_state: "SUCCESS" } });
      expect((await run(order)).outputFields.message).toBe("This was recorded before; it counts once.");
    }
    expect((await recorded()).map(({ about }) => about)).toEqual([person, company].sort());
    const links = await askTable(`SELECT to_id AS company FROM crm_links WHERE from_id = '${person}'`);
    expect(links).toEqual([{ company: companyIdAt(0) }]);
  });

  it("enrols a company that was not known a moment ago", async () => {
    const made = await world.ask("/api/plays", "POST", {
      requestId: randomUUID(),
      template: "12-week",
      play: { name: "Spring", tier: "tier_1", handoff: { trigger: "two people", responseHours: 24 } },
    });
    const { playId } = (await made.json()) as PlayView;
    const enrol = { uid: "touchstone_enrol_in_play", objectType: "COMPANY", inputFields: { playId } } as const;
    const company = world.crm.create("companies", { name: "Another" });
    expect((await run({ ...enrol, objectId: company })).status).toBe(503);
    expect((await untilAnswered({ ...enrol, objectId: company })).outputFields.message).toBe("enrolled");
    expect((await run({ ...enrol, objectId: company })).outputFields.message).toBe("in the play already");
    expect(await untilAnswered({ ...enrol, objectId: "999" })).toMatchObject(failure);
  });

  it("fails for a record that HubSpot does not have, once it was looked for", async () => {
    expect((await run(signalAbout("CONTACT", "998"))).status).toBe(503);
    expect(await untilAnswered(signalAbout("CONTACT", "998"))).toMatchObject(failure);
    expect(await run(signalAbout("CONTACT", "998"))).toMatchObject(failure);
  });

  it("fails for a record that could not be read, and for a person who was erased, and asks for neither", async () => {
    await askTable(`
      INSERT INTO dead_letters (portal_id, kind, subject, reason, attempts, needs)
      VALUES (${portalId}, 'record', 'contacts:997', 'refused', 8, 3)`);
    expect(await run(signalAbout("CONTACT", "997"))).toMatchObject(failure);
    world.standIn.webhooks.mute(portalId, false);
    world.crm.privacyDelete(personIdAt(0));
    await world.until("the person is erased", async () => (await askTable("SELECT FROM erased_people")).length > 0);
    expect(await run(signalAbout("CONTACT", personIdAt(0)))).toMatchObject(failure);
    expect(await askTable(`SELECT FROM crm_records WHERE object_id IN ('997', '${personIdAt(0)}')`)).toEqual([]);
  });
});
