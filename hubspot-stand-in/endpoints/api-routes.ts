import type { Route } from "../http/api-route.ts";
import { authorizeRoutes } from "../oauth/authorize-endpoints.ts";
import { marketplaceRoutes } from "../oauth/marketplace-endpoints.ts";
import { type OAuthParts, oauthRoutes } from "../oauth/oauth-endpoints.ts";
import { accountRoutes } from "./account-endpoints.ts";
import { associationRoutes } from "./association-endpoints.ts";
import { associationLabelRoutes } from "./association-label-endpoints.ts";
import { batchRoutes } from "./batch-endpoints.ts";
import { objectRoutes } from "./object-endpoints.ts";
import { propertyRoutes } from "./property-endpoints.ts";
import { propertyGroupRoutes } from "./property-group-endpoints.ts";
import { searchRoutes } from "./search-endpoints.ts";

/** Everything that the stand-in answers as HubSpot would. */
export function apiRoutes(oauth: OAuthParts): Route[] {
  return [
    ...oauthRoutes(oauth),
    ...authorizeRoutes(oauth),
    ...marketplaceRoutes(oauth),
    ...accountRoutes(),
    ...objectRoutes(),
    ...batchRoutes(),
    ...searchRoutes(),
    ...associationRoutes(),
    ...associationLabelRoutes(),
    ...propertyRoutes(),
    ...propertyGroupRoutes(),
  ];
}
