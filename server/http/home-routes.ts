import { homeApi } from "@touchstone/shared/home-api.ts";
import { getToday } from "../programme/home/get-today.ts";
import { forInstalled, type Route } from "./card-route.ts";

/** The home page; every request is signed by HubSpot. */
export const homeRoutes: readonly Route[] = [
  { method: "get", path: homeApi.getToday, handle: forInstalled((ctx, caller) => getToday(ctx, caller.portalId)) },
];
