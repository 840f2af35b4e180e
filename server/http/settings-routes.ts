import { getSettingsAccess, getSettingsProgress } from "../install/get-settings-access.ts";
import { getSettingsHealth } from "../install/get-settings-health.ts";
import { changeViewOnly, getViewOnly } from "../install/view-only.ts";
import { listReadProperties } from "../models/list-read-properties.ts";
import { forInstalled, forInstaller, jsonOf, type Route } from "./card-route.ts";
import { readRuleForms } from "./read-rule-forms.ts";

/** What the settings page asks besides what the features answer; every request is signed by HubSpot. */
export const settingsRoutes: readonly Route[] = [
  {
    method: "get",
    path: "/api/settings/access",
    handle: forInstalled((ctx, caller) => getSettingsAccess(ctx, caller.portalId, caller.userId)),
  },
  {
    method: "get",
    path: "/api/settings/health",
    handle: forInstalled((ctx, caller) => getSettingsHealth(ctx, caller.portalId)),
  },
  {
    method: "get",
    path: "/api/settings/properties",
    handle: forInstalled((ctx, caller) => listReadProperties(ctx, caller.portalId)),
  },
  {
    method: "get",
    path: "/api/settings/rules",
    handle: forInstalled((ctx, caller) => readRuleForms(ctx, caller.portalId)),
  },
  {
    method: "get",
    path: "/api/settings/progress",
    handle: forInstalled((ctx, caller) => getSettingsProgress(ctx, caller.portalId)),
  },
  {
    method: "get",
    path: "/api/settings/view-only",
    handle: forInstalled((ctx, caller) => getViewOnly(ctx, caller.portalId, caller.userId)),
  },
  {
    method: "post",
    path: "/api/settings/view-only",
    handle: forInstaller((ctx, caller, req) => changeViewOnly(ctx, caller.portalId, caller.userId, jsonOf(req))),
  },
];
