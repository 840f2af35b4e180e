import { setTimeout as sleep } from "node:timers/promises";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { archiveRecords } from "./archive-records.ts";
import { changeLinks } from "./change-links.ts";
import { createTask } from "./create-task.ts";
import { currentVersions } from "./dated-url.ts";
import { ensureProperties } from "./ensure-properties.ts";
import type { Gateway } from "./gateway.ts";
import type { HubSpotOptions } from "./hubspot-options.ts";
import { listProperties } from "./list-properties.ts";
import { listRecords } from "./list-records.ts";
import { authorizeUrl, exchangeCode, introspectToken, refreshToken, revokeToken } from "./oauth.ts";
import { readAccountDetails } from "./read-account-details.ts";
import { readAssociations } from "./read-associations.ts";
import { readRecords } from "./read-records.ts";
import { createSdkRequests } from "./sdk-requests.ts";
import { searchRecords } from "./search-records.ts";
import { uninstallApp } from "./uninstall-app.ts";
import { updateRecords } from "./update-records.ts";
import { upsertRecords } from "./upsert-records.ts";

/** All that the rest of the program may ask of HubSpot. */
export type HubSpot = ReturnType<typeof createHubSpot>;

export function createHubSpot(options: HubSpotOptions) {
  const gateway: Gateway = {
    sleep,
    random: Math.random,
    leaving: new AbortController().signal,
    ...options,
    versions: { ...currentVersions, ...options.versions },
    sdk: createSdkRequests(options.apiUrl),
  };
  const forPortal =
    <Order, Result>(ask: (gateway: Gateway, portalId: PortalId, order: Order) => Promise<Result>) =>
    (portalId: PortalId, order: Order) =>
      ask(gateway, portalId, order);
  const forApp =
    <Given extends unknown[], Result>(ask: (gateway: Gateway, ...given: Given) => Result) =>
    (...given: Given) =>
      ask(gateway, ...given);
  return {
    readRecords: forPortal(readRecords),
    listRecords: forPortal(listRecords),
    searchRecords: forPortal(searchRecords),
    readAssociations: forPortal(readAssociations),
    updateRecords: forPortal(updateRecords),
    upsertRecords: forPortal(upsertRecords),
    archiveRecords: forPortal(archiveRecords),
    changeLinks: forPortal(changeLinks),
    createTask: forPortal(createTask),
    ensureProperties: forPortal(ensureProperties),
    listProperties: forPortal(listProperties),
    readAccountDetails: forPortal(readAccountDetails),
    uninstallApp: (portalId: PortalId) => uninstallApp(gateway, portalId),
    authorizeUrl: forApp(authorizeUrl),
    exchangeCode: forApp(exchangeCode),
    refreshToken: forApp(refreshToken),
    introspectToken: forApp(introspectToken),
    revokeToken: forApp(revokeToken),
  };
}
