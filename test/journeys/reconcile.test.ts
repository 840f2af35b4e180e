import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { PortalStatusView } from "@touchstone/shared/card-api.ts";
import { demoPortal } from "../../hubspot-stand-in/seed/demo-portal.ts";
import { playChanges } from "../support/play-changes.ts";
import { readResults } from "../support/read-results.ts";
import { reconciled } from "../support/reconciled.ts";
import { startWorld, type World } from "../support/world.ts";

const nowAt = Date.now();
const env = { SETTLE_MS: "50" };
const seed = () => demoPortal({ nowAt, companies: 40, contacts: 200 });

describe("a portal whose webhooks are lost for good", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ seed: seed(), env });
    await world.install();
  });
  afterAll(() => world?.stop());

  it("has the scores of one that was told everything, once it is compared with HubSpot", async () => {
    const clean = await startWorld({ seed: seed(), env });
    try {
      await clean.install();
      playChanges(clean.crm, nowAt);
      await clean.settled();
      world.standIn.webhooks.mute(world.portalId);
      playChanges(world.crm, nowAt);
      const status = await reconciled(world);
      expect(await readResults(world.databaseUrl, world, nowAt)).toEqual(
        await readResults(clean.databaseUrl, clean, nowAt),
      );
      expect(status.reconcile?.drift).toMatchObject({ changed: expect.any(Number), created: 2, merged: 2 });
      expect(status.reconcile?.line).toMatch(/^Compared [\d,]+ records with HubSpot: .*2 merged/);
    } finally {
      await clean.stop();
    }
  });

  it("finds nothing the second time, and reads nothing but the comparison itself", async () => {
    const status: PortalStatusView = await reconciled(world);
    expect(status.reconcile?.drift).toEqual({});
  });
});
