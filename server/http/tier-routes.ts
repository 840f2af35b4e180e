import type { Request } from "express";
import { NotFound } from "../errors.ts";
import { answerDemotion } from "../programme/tiers/answer-demotion.ts";
import { editPerson } from "../programme/tiers/edit-person.ts";
import { getAccountTier } from "../programme/tiers/get-account-tier.ts";
import { getTierTemplate, listTiers } from "../programme/tiers/list-tiers.ts";
import { overrideTier } from "../programme/tiers/override-tier.ts";
import { publishTiers } from "../programme/tiers/publish-tiers.ts";
import { companyIdOf, forInstalled, forInstaller, jsonOf, type Route } from "./card-route.ts";
import { forCompany } from "./record-cards/for-company.ts";
import { readTierCard } from "./record-cards/read-tier-card.ts";

/** Tiers of the programme; every request is signed by HubSpot, and only the installer changes what the tiers are. */
export const tierRoutes: readonly Route[] = [
  { method: "get", path: "/api/tiers", handle: forInstalled((ctx, caller) => listTiers(ctx, caller.portalId)) },
  {
    method: "get",
    path: "/api/tiers/templates/:key",
    handle: forInstalled(async (_ctx, _caller, req) => getTierTemplate(keyOf(req))),
  },
  {
    method: "post",
    path: "/api/tiers/programme",
    handle: forInstaller((ctx, caller, req) => publishTiers(ctx, caller.portalId, caller.userId, jsonOf(req))),
  },
  {
    method: "post",
    path: "/api/tiers/people",
    handle: forInstaller(async (ctx, caller, req) => {
      await editPerson(ctx, caller.portalId, caller.userId, jsonOf(req));
      return listTiers(ctx, caller.portalId);
    }),
  },
  {
    method: "get",
    path: "/api/accounts/:companyId/tier",
    handle: forCompany((ctx, caller, accountId) => readTierCard(ctx, caller.portalId, accountId)),
  },
  {
    method: "post",
    path: "/api/accounts/:companyId/tier/override",
    handle: forCompany(async (ctx, caller, accountId, req) => {
      await overrideTier(ctx, caller.portalId, accountId, caller.userId, jsonOf(req));
      return readTierCard(ctx, caller.portalId, accountId);
    }),
  },
  {
    method: "post",
    path: "/api/accounts/:companyId/tier/demotion",
    handle: forInstalled(async (ctx, caller, req) => {
      await answerDemotion(ctx, caller.portalId, companyIdOf(req), caller.userId, jsonOf(req));
      return getAccountTier(ctx, caller.portalId, companyIdOf(req));
    }),
  },
];

function keyOf(req: Request): string {
  const { key } = req.params;
  if (typeof key !== "string" || !/^[a-z][a-z0-9_-]{0,63}$/.test(key)) throw new NotFound("There are no such tiers.");
  return key;
}
