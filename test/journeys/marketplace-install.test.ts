import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { askDatabase } from "../support/ask-database.ts";
import { installFromMarketplace, type MarketplaceVisit } from "../support/install-from-marketplace.ts";
import { plainPortal } from "../support/plain-portal.ts";
import { startWorld, type World } from "../support/world.ts";

const portalOf = (portalId: number) => plainPortal({ portalId, companies: 20, peopleEach: 1, nowAt: Date.now() });

const visits: readonly (MarketplaceVisit & { what: string; portalId: number; by: readonly string[] })[] = [
  {
    what: "without partner sign-in",
    portalId: 4_711_801,
    partnerSignIn: false,
    keepsCookies: true,
    by: ["/marketplace/install", "/oauth/callback", "/marketplace/installed/4711801"],
  },
  ...[true, false].map((keepsCookies) => ({
    what: `with partner sign-in, our cookie ${keepsCookies ? "coming along" : "kept back in HubSpot's frame"}`,
    portalId: keepsCookies ? 4_711_802 : 4_711_803,
    partnerSignIn: true,
    keepsCookies,
    by: [
      "/marketplace/install",
      "/oauth/callback",
      `/marketplace/signed-in/ID`,
      "/oauth/callback",
      `/marketplace/installed/${keepsCookies ? 4_711_802 : 4_711_803}`,
    ],
  })),
];

describe("an install that begins at HubSpot's Marketplace", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ seed: portalOf(4_711_800) });
  });
  afterAll(() => world?.stop());

  it.each(visits)("$what ends at HubSpot again, and every account is scored", async ({ portalId, by, ...visit }) => {
    const portal = world.addPortal(portalOf(portalId));
    const visited = await installFromMarketplace(world.standIn.url, portalId, visit);
    expect(visited.map((path) => path.replace(/signed-in\/.*/, "signed-in/ID"))).toEqual(by);
    await portal.settled();
    expect((await portal.app.status()).scored).toBe(20);
    const installer = world.standIn.grant(portalId)?.user.userId;
    const rows = `SELECT installed_by::int AS id FROM portals WHERE portal_id = ${portalId}`;
    expect(await askDatabase(world.databaseUrl, rows)).toEqual([{ id: installer }]);
  });
});
