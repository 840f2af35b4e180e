import { changeMessages, readMessages } from "../programme/stages/change-matrix.ts";
import { getStage } from "../programme/stages/get-stage.ts";
import { companyIdOf, forInstalled, forInstaller, jsonOf, type Route } from "./card-route.ts";

/** Stages of accounts and what to say at each; every request is signed by HubSpot. */
export const stageRoutes: readonly Route[] = [
  {
    method: "get",
    path: "/api/accounts/:companyId/stage",
    handle: forInstalled((ctx, caller, req) => getStage(ctx, caller.portalId, companyIdOf(req))),
  },
  { method: "get", path: "/api/messages", handle: forInstalled((ctx, caller) => readMessages(ctx, caller.portalId)) },
  {
    method: "post",
    path: "/api/messages",
    handle: forInstaller((ctx, caller, req) => changeMessages(ctx, caller.portalId, caller.userId, jsonOf(req))),
  },
];
