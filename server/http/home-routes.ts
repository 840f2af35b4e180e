import { homeApi } from "@touchstone/shared/home-api.ts";
import { getPortalStatus } from "../install/get-portal-status.ts";
import { getOnboarding, tickOnboarding } from "../programme/home/get-onboarding.ts";
import { getToday } from "../programme/home/get-today.ts";
import { getWeek } from "../programme/home/get-week.ts";
import { forInstalled, jsonOf, type Route } from "./card-route.ts";

/** The home page; every request is signed by HubSpot. */
export const homeRoutes: readonly Route[] = [
  {
    method: "get",
    path: homeApi.getToday,
    handle: forInstalled((ctx, caller) => getToday(ctx, caller.portalId, (id) => getPortalStatus(ctx, id))),
  },
  { method: "get", path: homeApi.getWeek, handle: forInstalled((ctx, caller) => getWeek(ctx, caller.portalId)) },
  {
    method: "get",
    path: homeApi.getOnboarding,
    handle: forInstalled((ctx, caller) => getOnboarding(ctx, caller.portalId, (id) => getPortalStatus(ctx, id))),
  },
  {
    method: "post",
    path: homeApi.tickOnboarding,
    handle: forInstalled((ctx, { portalId, userId }, req) => {
      const readStatus = (id: typeof portalId) => getPortalStatus(ctx, id);
      return tickOnboarding(ctx, portalId, { userId, body: jsonOf(req), readStatus });
    }),
  },
];
