import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { askDatabase } from "../support/ask-database.ts";
import { companyIdAt, personIdAt, plainPortal } from "../support/plain-portal.ts";
import { readResults } from "../support/read-results.ts";
import { reconciled } from "../support/reconciled.ts";
import { startWorld, type World } from "../support/world.ts";

const nowAt = Date.now();
const needle = "Needlina";
const [erased, merged] = [personIdAt(0), personIdAt(3)];

describe("a person who must be forgotten", () => {
  let world: World;
  beforeAll(async () => {
    const seed = plainPortal({ portalId: 4_711_720, companies: 5, peopleEach: 2, nowAt });
    world = await startWorld({
      seed,
      // Every delivery a second time, later, and in another order.
      switches: { webhookDuplicates: true, webhookReorder: true, privacyDeletionOrder: "deletionFirst" },
      env: { SETTLE_MS: "50" },
    });
    await world.install();
  });
  afterAll(() => world?.stop());

  /** Tables in which a text stands anywhere. */
  async function traces(text: string): Promise<string[]> {
    const tables = await askDatabase<{ name: string }>(
      world.databaseUrl,
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await askDatabase(world.databaseUrl, `SELECT 1 FROM "${name}" t WHERE t::text LIKE $1 LIMIT 1`, [
        `%${text}%`,
      ]);
      if (rows.length > 0) found.push(name);
    }
    return found;
  }

  it("is gone from every table, though late events, an import and a comparison speak of them again", async () => {
    world.crm.update("contacts", erased, {
      firstname: needle,
      jobtitle: "Chief Technology Officer",
      recent_conversion_event_name: "Demo request",
      recent_conversion_date: new Date(nowAt - 3_600_000).toISOString(),
    });
    await world.settled();
    expect(await traces(erased)).not.toEqual([]);
    // An event on its way while the person is erased.
    world.crm.update("contacts", erased, { jobtitle: "CEO" });
    world.crm.privacyDelete(erased);
    await world.settled();
    expect(await traces(needle)).toEqual([]);
    expect(await traces(erased)).toEqual([]);
    const late = { portalId: world.portalId, appId: 7_000_001, subscriptionId: 1, attemptNumber: 3, eventId: 1 };
    world.standIn.webhooks.send(world.portalId, [
      {
        ...late,
        subscriptionType: "contact.propertyChange",
        objectId: Number(erased),
        propertyName: "jobtitle",
        propertyValue: "CTO",
        occurredAt: nowAt - 86_000_000,
        changeSource: "CRM_UI",
        sourceId: "userId:1",
      },
    ]);
    await world.settled();
    await reconciled(world);
    expect(await traces(erased)).toEqual([]);
    const { snapshot } = (await readResults(world.databaseUrl, world, nowAt))[companyIdAt(0)] ?? {};
    expect(snapshot?.people.map(({ id }) => String(id))).toEqual([personIdAt(1)]);
    expect(snapshot?.signals).toEqual([]);
  }, 90_000);

  it("takes along the records that were merged into theirs", async () => {
    world.crm.update("contacts", personIdAt(2), { firstname: needle });
    await world.settled();
    const survivor = world.crm.merge("contacts", personIdAt(2), merged);
    await world.settled();
    world.crm.privacyDelete(survivor);
    await world.settled();
    for (const text of [needle, personIdAt(2), merged, survivor]) expect(await traces(text)).toEqual([]);
  });
});
