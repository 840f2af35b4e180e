import { changeCommitteeSettings, readCommitteeSettings } from "../programme/committee/committee-settings.ts";
import { mapPerson, mapPlace } from "../programme/committee/map-person.ts";
import { companyIdOf, forInstalled, forInstaller, jsonOf, type Route } from "./card-route.ts";
import { readCommitteeCard } from "./record-cards/read-committee-card.ts";

/** Buying committees; every request is signed by HubSpot. */
export const committeeRoutes: readonly Route[] = [
  {
    method: "get",
    path: "/api/accounts/:companyId/committee",
    handle: forInstalled((ctx, caller, req) => readCommitteeCard(ctx, caller.portalId, companyIdOf(req))),
  },
  {
    method: "post",
    path: "/api/accounts/:companyId/committee/people",
    handle: forInstalled(async (ctx, caller, req) => {
      await mapPerson(ctx, caller.portalId, companyIdOf(req), caller.userId, jsonOf(req));
      return readCommitteeCard(ctx, caller.portalId, companyIdOf(req));
    }),
  },
  {
    method: "post",
    path: "/api/accounts/:companyId/committee/places",
    handle: forInstalled(async (ctx, caller, req) => {
      await mapPlace(ctx, caller.portalId, companyIdOf(req), caller.userId, jsonOf(req));
      return readCommitteeCard(ctx, caller.portalId, companyIdOf(req));
    }),
  },
  {
    method: "get",
    path: "/api/committee/settings",
    handle: forInstalled((ctx, caller) => readCommitteeSettings(ctx, caller.portalId)),
  },
  {
    method: "post",
    path: "/api/committee/settings",
    handle: forInstaller((ctx, caller, req) =>
      changeCommitteeSettings(ctx, caller.portalId, caller.userId, jsonOf(req)),
    ),
  },
];
