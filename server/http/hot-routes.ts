import { answerColdAccount } from "../programme/cold/answer-cold-account.ts";
import { changeColdRule, readColdRule } from "../programme/cold/change-cold-rule.ts";
import { getColdAccount, listColdAccounts } from "../programme/cold/list-cold-accounts.ts";
import { changeHotRule, readHotRule } from "../programme/hot/change-hot-rule.ts";
import { excuseHotAccount } from "../programme/hot/excuse-hot-account.ts";
import { getHotAccount, listHotAccounts } from "../programme/hot/list-hot-accounts.ts";
import { companyIdOf, forInstalled, forInstaller, jsonOf, type Route } from "./card-route.ts";

/** Hot accounts and their clocks, and accounts that have gone cold; every request is signed by HubSpot. */
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
  { method: "get", path: "/api/cold", handle: forInstalled((ctx, caller) => listColdAccounts(ctx, caller.portalId)) },
  { method: "get", path: "/api/cold/rule", handle: forInstalled((ctx, caller) => readColdRule(ctx, caller.portalId)) },
  {
    method: "post",
    path: "/api/cold/rule",
    handle: forInstaller((ctx, caller, req) => changeColdRule(ctx, caller.portalId, caller.userId, jsonOf(req))),
  },
  {
    method: "get",
    path: "/api/accounts/:companyId/cold",
    handle: forInstalled((ctx, caller, req) => getColdAccount(ctx, caller.portalId, companyIdOf(req))),
  },
  {
    method: "post",
    path: "/api/accounts/:companyId/cold",
    handle: forInstalled((ctx, caller, req) =>
      answerColdAccount(ctx, caller.portalId, companyIdOf(req), caller.userId, jsonOf(req)),
    ),
  },
];
