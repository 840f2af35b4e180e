import { changeHotRule, readHotRule } from "../programme/hot/change-hot-rule.ts";
import { excuseHotAccount } from "../programme/hot/excuse-hot-account.ts";
import { getHotAccount, listHotAccounts } from "../programme/hot/list-hot-accounts.ts";
import { companyIdOf, forInstalled, forInstaller, jsonOf, type Route } from "./card-route.ts";

/** Hot accounts and their clocks; every request is signed by HubSpot. */
export const hotRoutes: readonly Route[] = [
  { method: "get", path: "/api/hot", handle: forInstalled((ctx, caller) => listHotAccounts(ctx, caller.portalId)) },
  { method: "get", path: "/api/hot/rule", handle: forInstalled((ctx, caller) => readHotRule(ctx, caller.portalId)) },
  {
    method: "post",
    path: "/api/hot/rule",
    handle: forInstaller((ctx, caller, req) => changeHotRule(ctx, caller.portalId, caller.userId, jsonOf(req))),
  },
  {
    method: "get",
    path: "/api/accounts/:companyId/hot",
    handle: forInstalled((ctx, caller, req) => getHotAccount(ctx, caller.portalId, companyIdOf(req))),
  },
  {
    method: "post",
    path: "/api/accounts/:companyId/hot/excuse",
    handle: forInstalled(async (ctx, caller, req) => {
      await excuseHotAccount(ctx, caller.portalId, companyIdOf(req), caller.userId, jsonOf(req));
      return getHotAccount(ctx, caller.portalId, companyIdOf(req));
    }),
  },
];
