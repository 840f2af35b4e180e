import { describe, expect, it } from "@jest/globals";
import type { DisconnectView } from "@touchstone/shared/card-api.ts";
import { installApp } from "../../hubspot-stand-in/demo/install-app.ts";
import { askDatabase, countPortalRows } from "../support/ask-database.ts";
import { plainPortal } from "../support/plain-portal.ts";
import { readResults } from "../support/read-results.ts";
import { resizeAll } from "../support/resize-all.ts";
import { startWorld, type World } from "../support/world.ts";

const nowAt = Date.now();
const companies = 200;
const writes = "/companies/batch/update";

/** Brings a portal to the middle of something. */
const middles: readonly { name: string; reach(world: World): Promise<void> }[] = [
  {
    name: "its first reading",
    reach: async (world) => {
      world.standIn.faults.add({ kind: "slow", method: "GET", path: "/crm/objects/", delayMs: 400, times: 50 });
      await installApp(world.appUrl, world.portalId);
      await world.until("a page was read", async () => (await world.app.status()).accounts > 0);
    },
  },
  {
    name: "scoring",
    reach: async (world) => {
      await world.install();
      world.standIn.faults.add({ kind: "slow", path: "/batch/read", delayMs: 400, times: 50 });
      resizeAll(world.crm, companies, "700");
      await world.until("something waits", async () => (await world.app.status()).waitingRecords > 0);
    },
  },
  {
    name: "writing back",
    reach: async (world) => {
      world.standIn.faults.add({ kind: "slow", path: writes, delayMs: 1_000, times: 50 });
      await installApp(world.appUrl, world.portalId);
      await world.until("results are on their way", async () => {
        const { scored, written } = await world.app.status();
        return scored > written;
      });
    },
  },
];

async function disconnect(world: World): Promise<string> {
  const installer = world.standIn.grant(world.portalId)?.user;
  if (!installer) throw new Error("the portal has not installed the app");
  const request = { url: `${world.appUrl}/api/portal/disconnect`, method: "POST", body: {} } as const;
  const answer = await world.standIn.hubspotFetch(world.portalId, installer, request);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as DisconnectView).disconnected;
}

const isTold = (world: World) => world.standIn.grant(world.portalId) === null;

const isGone = async (world: World) =>
  Object.keys(await countPortalRows(world.databaseUrl, world.portalId)).length === 0;

describe("a portal that takes the app away", () => {
  it.each(middles)(
    "in the middle of $name has nothing written after, no row left, and all of it when it comes back",
    async ({ reach }) => {
      const seed = plainPortal({ portalId: 4_711_740, companies, peopleEach: 1, nowAt });
      const world = await startWorld({
        seed,
        // The worst case: tokens go on working, and webhooks go on coming.
        switches: { uninstallEndsAccessTokens: false, webhooksAfterUninstall: true },
        env: { SETTLE_MS: "50" },
      });
      try {
        await reach(world);
        await disconnect(world);
        await world.until("HubSpot was told", () => isTold(world));
        // What was under way when the answer came is HubSpot's to finish.
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        world.standIn.requestLog.reset();
        resizeAll(world.crm, companies, "90");
        await world.until("nothing of the portal is left", () => isGone(world));
        await world.standIn.webhooks.settled();
        await new Promise((resolve) => setTimeout(resolve, 2_500));
        expect(await isGone(world)).toBe(true);
        expect(world.standIn.requestLog.total(world.portalId)).toBe(0);
        world.standIn.faults.clear();
        await world.install();
        expect(Object.keys(await readResults(world.databaseUrl, world, nowAt))).toHaveLength(companies);
      } finally {
        await world.stop();
      }
    },
    90_000,
  );

  it("while HubSpot's daily limit holds it up is left alone at once, and HubSpot told as soon as it can be", async () => {
    const seed = plainPortal({ portalId: 4_711_742, companies, peopleEach: 1, nowAt });
    const world = await startWorld({ seed, env: { SETTLE_MS: "50" } });
    try {
      await world.install();
      world.standIn.faults.add({ kind: "dailyLimit", times: 10_000 });
      resizeAll(world.crm, companies, "700");
      const paused = "SELECT 1 FROM request_budgets WHERE kind = 'general' AND pause_reason = 'daily'";
      await world.until("the portal pauses", async () => (await askDatabase(world.databaseUrl, paused)).length > 0);
      expect(await disconnect(world)).toContain("HubSpot takes no request of ours for this portal right now");
      const held = async () => Object.keys(await countPortalRows(world.databaseUrl, world.portalId));
      await world.until("only the portal's row is left", async () => (await held()).join() === "portals");
      const refused = "SELECT 1 FROM portals WHERE uninstall_due_at > now()";
      await world.until("HubSpot was asked", async () => (await askDatabase(world.databaseUrl, refused)).length > 0);
      expect(isTold(world)).toBe(false);
      world.standIn.faults.clear();
      await askDatabase(world.databaseUrl, "UPDATE portals SET uninstall_due_at = now()");
      await world.until("nothing of the portal is left", () => isGone(world));
      expect(isTold(world)).toBe(true);
    } finally {
      await world.stop();
    }
  }, 90_000);

  it("in HubSpot keeps its data for thirty days, unread and unwritten, and then leaves none", async () => {
    const seed = plainPortal({ portalId: 4_711_741, companies, peopleEach: 1, nowAt });
    const world = await startWorld({ seed, env: { SETTLE_MS: "50" } });
    try {
      await world.install();
      resizeAll(world.crm, companies, "700");
      world.standIn.uninstall(world.portalId);
      await world.until("the app has noticed", async () => (await world.app.status()).status === "disconnected");
      const rows = await countPortalRows(world.databaseUrl, world.portalId);
      expect(rows.crm_records).toBeGreaterThanOrEqual(companies);
      const tokens = "SELECT access_token, refresh_token FROM portals";
      expect(await askDatabase(world.databaseUrl, tokens)).toEqual([{ access_token: null, refresh_token: null }]);
      world.standIn.requestLog.reset();
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      expect(world.standIn.requestLog.total(world.portalId)).toBe(0);
      await askDatabase(world.databaseUrl, "UPDATE portals SET disconnected_at = now() - interval '31 days'");
      await world.until("nothing of the portal is left", () => isGone(world));
    } finally {
      await world.stop();
    }
  });
});
