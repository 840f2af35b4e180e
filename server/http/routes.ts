import { getAccount } from "../accounts/get-account.ts";
import { judgeCriterion } from "../accounts/judge-criterion.ts";
import { getPortalStatus, requireInstalled } from "../install/get-portal-status.ts";
import { disconnectAtRequest } from "../install/remove-portal.ts";
import { receiveWebhooks } from "../intake/receive-webhooks.ts";
import { beginReconcile } from "../intake/reconcile/begin-reconcile.ts";
import { bulkRoutes } from "./bulk-routes.ts";
import { companyIdOf, forCard, forInstalled, forInstaller, jsonOf, type Route } from "./card-route.ts";
import { committeeRoutes } from "./committee-routes.ts";
import { homeRoutes } from "./home-routes.ts";
import { hotRoutes } from "./hot-routes.ts";
import { installRoutes } from "./install-routes.ts";
import { modelRoutes } from "./model-routes.ts";
import { operatorRoutes } from "./operator-routes.ts";
import { playRoutes } from "./play-routes.ts";
import { recordCardRoutes } from "./record-card-routes.ts";
import { reportRoutes } from "./report-routes.ts";
import { rawBodyOf, refusePeople, requireHubSpotSignature } from "./require-hubspot-signature.ts";
import { settingsRoutes } from "./settings-routes.ts";
import { signalRoutes } from "./signal-routes.ts";
import { stageRoutes } from "./stage-routes.ts";
import { targetListRoutes } from "./target-list-routes.ts";
import { tierRoutes } from "./tier-routes.ts";
import { workflowRoutes } from "./workflow-routes.ts";

/** Everything that can be asked of this server from outside. */
export const routes: readonly Route[] = [
  ...operatorRoutes,
  ...installRoutes,
  {
    method: "post",
    path: "/webhooks",
    handle: async (ctx, req, res) => {
      refusePeople(req);
      requireHubSpotSignature(ctx, req);
      await receiveWebhooks(ctx, rawBodyOf(req));
      res.status(204).end();
    },
  },
  {
    method: "get",
    path: "/api/accounts/:companyId",
    handle: forInstalled((ctx, caller, req) => getAccount(ctx, caller.portalId, companyIdOf(req))),
  },
  {
    method: "post",
    path: "/api/accounts/:companyId/judgements",
    handle: forInstalled(async (ctx, caller, req) => {
      await judgeCriterion(ctx, caller.portalId, companyIdOf(req), caller.userId, jsonOf(req));
      return getAccount(ctx, caller.portalId, companyIdOf(req));
    }),
  },
  {
    method: "get",
    path: "/api/portal/status",
    handle: forCard((ctx, caller) => getPortalStatus(ctx, caller.portalId)),
  },
  {
    method: "post",
    path: "/api/portal/reconcile",
    handle: forInstaller(async (ctx, caller) => {
      await requireInstalled(ctx, caller.portalId);
      await beginReconcile(ctx, caller.portalId);
      return getPortalStatus(ctx, caller.portalId);
    }),
  },
  {
    method: "post",
    path: "/api/portal/disconnect",
    handle: forInstaller(async (ctx, caller) => ({ disconnected: await disconnectAtRequest(ctx, caller.portalId) })),
  },
  ...settingsRoutes,
  ...signalRoutes,
  ...modelRoutes,
  ...tierRoutes,
  ...homeRoutes,
  ...hotRoutes,
  ...targetListRoutes,
  ...committeeRoutes,
  ...playRoutes,
  ...bulkRoutes,
  ...workflowRoutes,
  ...stageRoutes,
  ...recordCardRoutes,
  ...reportRoutes,
];
