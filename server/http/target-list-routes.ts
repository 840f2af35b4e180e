import { addToList, removeFromList } from "../programme/target-list/add-to-list.ts";
import { readHygieneLines } from "../programme/target-list/read-hygiene-lines.ts";
import { readTargetList } from "../programme/target-list/read-target-list.ts";
import { reviewAccount } from "../programme/target-list/review-account.ts";
import { answerSpotCheck, drawSpotCheck, readSpotCheck } from "../programme/target-list/spot-check.ts";
import { companyIdOf, forInstalled, jsonOf, type Route } from "./card-route.ts";

/** The target list; every request is signed by HubSpot. */
export const targetListRoutes: readonly Route[] = [
  {
    method: "get",
    path: "/api/list",
    handle: forInstalled((ctx, caller, req) => {
      const { after } = req.query;
      return readTargetList(ctx, caller.portalId, typeof after === "string" && /^\d{1,20}$/.test(after) ? after : null);
    }),
  },
  {
    method: "post",
    path: "/api/list/add",
    handle: forInstalled((ctx, caller, req) => addToList(ctx, caller.portalId, caller.userId, jsonOf(req))),
  },
  {
    method: "post",
    path: "/api/list/remove",
    handle: forInstalled((ctx, caller, req) => removeFromList(ctx, caller.portalId, caller.userId, jsonOf(req))),
  },
  {
    method: "post",
    path: "/api/accounts/:companyId/review",
    handle: forInstalled((ctx, caller, req) =>
      reviewAccount(ctx, caller.portalId, companyIdOf(req), caller.userId, jsonOf(req)),
    ),
  },
  {
    method: "get",
    path: "/api/list/hygiene",
    handle: forInstalled((ctx, caller) => readHygieneLines(ctx, caller.portalId)),
  },
  {
    method: "get",
    path: "/api/list/spot-check",
    handle: forInstalled((ctx, caller) => readSpotCheck(ctx, caller.portalId)),
  },
  {
    method: "post",
    path: "/api/list/spot-check",
    handle: forInstalled((ctx, caller, req) => drawSpotCheck(ctx, caller.portalId, caller.userId, jsonOf(req))),
  },
  {
    method: "post",
    path: "/api/list/spot-check/answers",
    handle: forInstalled((ctx, caller, req) => answerSpotCheck(ctx, caller.portalId, caller.userId, jsonOf(req))),
  },
];
