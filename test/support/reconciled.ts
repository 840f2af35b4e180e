import type { PortalStatusView } from "@touchstone/shared/card-api.ts";
import { askDatabase } from "./ask-database.ts";
import type { World } from "./world.ts";

/** Asks for a comparison with HubSpot as the installer may, and waits until it and what it set off are done. */
export async function reconciled(world: World): Promise<PortalStatusView> {
  // As if the last one had ended long ago.
  await askDatabase(world.databaseUrl, "UPDATE reconciles SET finished_at = 0 WHERE finished_at IS NOT NULL");
  const installer = world.standIn.grant(world.portalId)?.user;
  if (!installer) throw new Error("the portal has not installed the app");
  const request = { url: `${world.appUrl}/api/portal/reconcile`, method: "POST", body: {} } as const;
  const answer = await world.standIn.hubspotFetch(world.portalId, installer, request);
  if (!answer.ok) throw new Error(`asking for a comparison answered ${answer.status}: ${await answer.text()}`);
  await world.until("the comparison is over", async () => (await statusOf(world)).reconcile?.finishedAt !== null);
  await world.settled();
  return statusOf(world);
}

export async function statusOf(world: Pick<World, "ask">): Promise<PortalStatusView> {
  return (await (await world.ask("/api/portal/status")).json()) as PortalStatusView;
}
