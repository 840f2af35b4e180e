import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { askDatabase } from "../support/ask-database.ts";
import { companyIdAt, personIdAt, plainPortal } from "../support/plain-portal.ts";
import { startWorld, type World } from "../support/world.ts";

const portalId = 4_711_760;
const another = 4_711_761;
const nowAt = Date.now();

/** HubSpot's proxy signs whatever address and body a person lets a card fetch, in any portal that has the app. */
describe("A person's request to where only HubSpot's machines call", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ seed: plainPortal({ portalId, companies: 2, peopleEach: 1, nowAt }) });
    await world.install();
  });
  afterAll(() => world?.stop());

  const events = (portal: number) => [
    {
      portalId: portal,
      subscriptionType: "contact.privacyDeletion",
      objectId: Number(personIdAt(0)),
      occurredAt: nowAt,
    },
  ];
  const order = (portal: number) => ({
    callbackId: "made-up",
    origin: { portalId: portal },
    object: { objectId: companyIdAt(0), objectType: "COMPANY" },
    inputFields: { kind: "demo_request" },
  });

  it.each([
    ["/webhooks", events],
    ["/workflow/record-signal", order],
    ["/workflow/rescore-now", order],
    ["/agent/account-plan", order],
  ] as const)("%s is refused, whichever portal it names, and changes nothing", async (path, body) => {
    for (const named of [portalId, another]) {
      const answer = await world.ask(path, "POST", body(named));
      expect([answer.status, await answer.json()]).toMatchObject([401, { error: "Unauthenticated" }]);
    }
    await world.settled();
    const [row] = await askDatabase<{ people: number; signals: number; events: number }>(
      world.databaseUrl,
      `SELECT (SELECT count(*)::int FROM crm_records WHERE object_type = 'contacts' AND NOT archived) AS people,
        (SELECT count(*)::int FROM signals WHERE origin LIKE 'workflow%') AS signals`,
    );
    expect(row).toMatchObject({ people: 2, signals: 0 });
  });
});
