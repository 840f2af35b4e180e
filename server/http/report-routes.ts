import { reportKeys, reportPath } from "@touchstone/shared/reports-api.ts";
import { getReport } from "../reports/get-report.ts";
import { getRoi, noteCost } from "../reports/get-roi.ts";
import { listCosts } from "../reports/list-costs.ts";
import { forInstalled, forInstaller, jsonOf, type Route } from "./card-route.ts";
import { readTierCaps } from "./read-tier-caps.ts";

/** What the programme brings; every request is signed by HubSpot. */
export const reportRoutes: readonly Route[] = [
  ...reportKeys.map((key): Route => {
    return {
      method: "get",
      path: reportPath(key),
      handle: forInstalled((ctx, caller, req) =>
        getReport(ctx, caller.portalId, key, { days: req.query.days }, readTierCaps),
      ),
    };
  }),
  {
    method: "get",
    path: "/api/reports/roi",
    handle: forInstalled((ctx, caller, req) =>
      getRoi(ctx, caller.portalId, { from: req.query.from, to: req.query.to }),
    ),
  },
  {
    method: "get",
    path: "/api/reports/costs",
    handle: forInstalled((ctx, caller) => listCosts(ctx, caller.portalId, caller.userId)),
  },
  {
    method: "post",
    path: "/api/reports/costs",
    handle: forInstaller((ctx, caller, req) => noteCost(ctx, caller.portalId, caller.userId, jsonOf(req))),
  },
];
