import { forInstalled, personIdOf, type Route } from "./card-route.ts";
import { readPersonCard } from "./record-cards/read-person-card.ts";

/** What the cards on records show, one request a panel; every request is signed by HubSpot. */
export const recordCardRoutes: readonly Route[] = [
  {
    method: "get",
    path: "/api/people/:personId",
    handle: forInstalled((ctx, caller, req) => readPersonCard(ctx, caller.portalId, personIdOf(req))),
  },
];
