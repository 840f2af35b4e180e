import type { StandIn } from "../stand-in.ts";

/** Whom the reader of the pages plays to see the app without the right to change anything. */
export const onlooker = { userId: 3, email: "board@example.com", firstName: "Oona", lastName: "Looker" } as const;

/** Does on the app's settings, as the person who connected it, what makes the onlooker one. The same again changes nothing. */
export async function nameOnlooker(standIn: StandIn, appUrl: string, portalId: number): Promise<void> {
  const [admin] = standIn.portals.get(portalId)?.owners ?? [];
  if (!admin) return;
  const url = `${appUrl}/api/settings/view-only`;
  const read = await standIn.hubspotFetch(portalId, admin, { url });
  const { userIds, version } = (await read.json()) as { userIds: readonly string[]; version: number };
  if (userIds.includes(String(onlooker.userId))) return;
  const body = { userIds: [...userIds, String(onlooker.userId)], version };
  const answer = await standIn.hubspotFetch(portalId, admin, { url, method: "POST", body });
  if (!answer.ok)
    throw new Error(`Naming who may only look answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
}
