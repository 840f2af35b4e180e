import { giveVerdict, readVerdict } from "../accounts/give-verdict.ts";
import { listQuestions } from "../accounts/list-questions.ts";
import { dealIdOf, forInstalled, jsonOf, personIdOf, type Route } from "./card-route.ts";
import { enrolFromCard } from "./record-cards/enrol-from-card.ts";
import { forCompany } from "./record-cards/for-company.ts";
import { readDealCard } from "./record-cards/read-deal-card.ts";
import { readHistoryCard } from "./record-cards/read-history-card.ts";
import { readPersonCard } from "./record-cards/read-person-card.ts";
import { readPlaysCard } from "./record-cards/read-plays-card.ts";
import { readSummary } from "./record-cards/read-summary.ts";

const ofAccount = (what: string) => `/api/accounts/:companyId/${what}`;

/** What the cards on records show, one request a panel; every request is signed by HubSpot. */
export const recordCardRoutes: readonly Route[] = [
  {
    method: "get",
    path: ofAccount("summary"),
    handle: forCompany((ctx, caller, accountId) => readSummary(ctx, caller.portalId, accountId)),
  },
  {
    method: "get",
    path: ofAccount("trend"),
    handle: forCompany((ctx, caller, accountId) => readHistoryCard(ctx, caller.portalId, accountId)),
  },
  {
    method: "get",
    path: ofAccount("plays"),
    handle: forCompany((ctx, caller, accountId) => readPlaysCard(ctx, caller.portalId, accountId)),
  },
  {
    method: "post",
    path: ofAccount("plays"),
    handle: forCompany((ctx, caller, accountId, req) =>
      enrolFromCard(ctx, caller.portalId, accountId, { userId: caller.userId, body: jsonOf(req) }),
    ),
  },
  {
    method: "get",
    path: ofAccount("questions"),
    handle: forCompany((ctx, caller, accountId) => listQuestions(ctx, caller.portalId, accountId)),
  },
  {
    method: "get",
    path: ofAccount("verdict"),
    handle: forCompany((ctx, caller, accountId) => readVerdict(ctx, caller.portalId, accountId, caller.userId)),
  },
  {
    method: "post",
    path: ofAccount("verdict"),
    handle: forCompany((ctx, caller, accountId, req) =>
      giveVerdict(ctx, caller.portalId, accountId, caller.userId, jsonOf(req)),
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
