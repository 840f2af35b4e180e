import type { PortalId } from "@touchstone/shared/ids.ts";
import { anything, groupList, property } from "./answers.ts";
import { callHubSpot } from "./call-hubspot.ts";
import { chunksOf } from "./chunks-of.ts";
import { createProperties } from "./create-properties.ts";
import type { Gateway } from "./gateway.ts";
import { HubSpotConflict, HubSpotRejected } from "./hubspot-errors.ts";
import { listProperties } from "./list-properties.ts";
import { driftOf, type PropertiesOrder } from "./property-definition.ts";
import { toApiRequest } from "./sdk-requests.ts";

export interface EnsuredProperties {
  readonly created: readonly string[];
  /** Had another label or description, or lacked options; now as defined. */
  readonly changed: readonly string[];
  /** What was added to the choices of properties that were there. */
  readonly newOptions: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly unchanged: readonly string[];
  /** Not as defined and not ours to change: another type under our name, or refused by HubSpot. */
  readonly failed: readonly { readonly name: string; readonly reason: string }[];
}

/** Makes the group and its properties what they are defined to be; doing it again changes nothing (§6.1). */
export async function ensureProperties(
  gateway: Gateway,
  portalId: PortalId,
  order: PropertiesOrder,
): Promise<EnsuredProperties> {
  await ensureGroup(gateway, portalId, order);
  const present = await listProperties(gateway, portalId, order);
  const missing = order.properties.filter(({ name }) => !present.has(name));
  const failed: { name: string; reason: string }[] = [];
  for (const chunk of chunksOf(missing, 50)) failed.push(...(await createProperties(gateway, portalId, order, chunk)));
  // A name that was archived comes back as it was, so what was just created is compared as well.
  const after = missing.length > 0 ? await listProperties(gateway, portalId, order) : present;
  const changed: string[] = [];
  const newOptions: { name: string; values: readonly string[] }[] = [];
  for (const definition of order.properties) {
    const drift = driftOf(definition, after.get(definition.name), order);
    if (drift.state === "wrong type") failed.push({ name: definition.name, reason: drift.reason });
    if (drift.state !== "drifted") continue;
    const refusal = await updateProperty(gateway, portalId, order, definition.name, drift.update);
    if (refusal !== null) {
      failed.push({ name: definition.name, reason: refusal });
      continue;
    }
    changed.push(definition.name);
    if (drift.newOptions.length > 0) newOptions.push({ name: definition.name, values: drift.newOptions });
  }
  const bad = new Set(failed.map(({ name }) => name));
  const created = missing.map(({ name }) => name).filter((name) => !bad.has(name));
  const touched = new Set([...bad, ...created, ...changed]);
  const unchanged = order.properties.map(({ name }) => name).filter((name) => !touched.has(name));
  return { created, changed: changed.filter((name) => !created.includes(name)), newOptions, unchanged, failed };
}

async function ensureGroup(gateway: Gateway, portalId: PortalId, order: PropertiesOrder): Promise<void> {
  const { objectType, group, priority } = order;
  const portal = { id: portalId, priority };
  const list = toApiRequest(await gateway.sdk.groups.getAll(objectType), gateway.versions);
  const groups = await callHubSpot(gateway, { request: list, answer: groupList, portal });
  const present = groups.results.find(({ name }) => name === group.name);
  if (present?.label === group.label) return;
  const sdkRequest = present
    ? await gateway.sdk.groups.update(objectType, group.name, { label: group.label })
    : await gateway.sdk.groups.create(objectType, { ...group, displayOrder: -1 });
  const request = toApiRequest(sdkRequest, gateway.versions);
  await callHubSpot(gateway, { request, answer: anything, portal }).catch((error: unknown) => {
    // Someone else made it between our look and our request.
    if (!(error instanceof HubSpotConflict)) throw error;
  });
}

/** Null, or why HubSpot did not take it: one property that cannot be changed stops no other. */
async function updateProperty(
  gateway: Gateway,
  portalId: PortalId,
  { objectType, priority }: PropertiesOrder,
  name: string,
  update: Extract<ReturnType<typeof driftOf>, { state: "drifted" }>["update"],
): Promise<string | null> {
  const request = toApiRequest(await gateway.sdk.properties.update(objectType, name, update), gateway.versions);
  try {
    await callHubSpot(gateway, { request, answer: property, portal: { id: portalId, priority } });
    return null;
  } catch (error) {
    if (error instanceof HubSpotRejected) return error.message;
    throw error;
  }
}
