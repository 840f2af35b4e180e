import { getTrend } from "../accounts/get-trend.ts";
import { giveVerdict, readVerdict } from "../accounts/give-verdict.ts";
import { listQuestions } from "../accounts/list-questions.ts";
import { listAccountPlays } from "../programme/plays/list-account-plays.ts";
import { companyIdOf, dealIdOf, forInstalled, jsonOf, personIdOf, type Route } from "./card-route.ts";
import { readDealCard } from "./record-cards/read-deal-card.ts";
import { readPersonCard } from "./record-cards/read-person-card.ts";
import { readSummary } from "./record-cards/read-summary.ts";

const ofAccount = (what: string) => `/api/accounts/:companyId/${what}`;

/** What the cards on records show, one request a panel; every request is signed by HubSpot. */
export const recordCardRoutes: readonly Route[] = [
  {
    method: "get",
    path: ofAccount("summary"),
    handle: forInstalled((ctx, caller, req) => readSummary(ctx, caller.portalId, companyIdOf(req))),
  },
  {
    method: "get",
    path: ofAccount("trend"),
    handle: forInstalled((ctx, caller, req) => getTrend(ctx, caller.portalId, companyIdOf(req))),
  },
  {
    method: "get",
    path: ofAccount("plays"),
    handle: forInstalled((ctx, caller, req) => listAccountPlays(ctx, caller.portalId, companyIdOf(req))),
  },
  {
    method: "get",
    path: ofAccount("questions"),
    handle: forInstalled((ctx, caller, req) => listQuestions(ctx, caller.portalId, companyIdOf(req))),
  },
  {
    method: "get",
    path: ofAccount("verdict"),
    handle: forInstalled((ctx, caller, req) => readVerdict(ctx, caller.portalId, companyIdOf(req), caller.userId)),
  },
  {
    method: "post",
    path: ofAccount("verdict"),
    handle: forInstalled((ctx, caller, req) =>
      giveVerdict(ctx, caller.portalId, companyIdOf(req), caller.userId, jsonOf(req)),
    ),
  },
  {
    method: "get",
    path: "/api/people/:personId",
    handle: forInstalled((ctx, caller, req) => readPersonCard(ctx, caller.portalId, personIdOf(req))),
  },
  {
    method: "get",
    path: "/api/deals/:dealId",
    handle: forInstalled((ctx, caller, req) => readDealCard(ctx, caller.portalId, dealIdOf(req))),
  },
];
