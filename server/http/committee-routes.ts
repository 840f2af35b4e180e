import { changeCommitteeSettings, readCommitteeSettings } from "../programme/committee/committee-settings.ts";
import { mapPerson, mapPlace } from "../programme/committee/map-person.ts";
import { forInstalled, forInstaller, jsonOf, type Route } from "./card-route.ts";
import { forCompany } from "./record-cards/for-company.ts";
import { readCommitteeCard } from "./record-cards/read-committee-card.ts";

/** Buying committees; every request is signed by HubSpot. */
export const committeeRoutes: readonly Route[] = [
  {
    method: "get",
    path: "/api/accounts/:companyId/committee",
    handle: forCompany((ctx, caller, accountId) => readCommitteeCard(ctx, caller.portalId, accountId)),
  },
  {
    method: "post",
    path: "/api/accounts/:companyId/committee/people",
    handle: forCompany(async (ctx, caller, accountId, req) => {
      await mapPerson(ctx, caller.portalId, accountId, caller.userId, jsonOf(req));
      return readCommitteeCard(ctx, caller.portalId, accountId);
    }),
  },
  {
    method: "post",
    path: "/api/accounts/:companyId/committee/places",
    handle: forCompany(async (ctx, caller, accountId, req) => {
      await mapPlace(ctx, caller.portalId, accountId, caller.userId, jsonOf(req));
      return readCommitteeCard(ctx, caller.portalId, accountId);
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
