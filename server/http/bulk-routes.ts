import { bulkApi } from "@touchstone/shared/bulk-api.ts";
import { enrolChosen, previewEnrolling } from "../programme/plays/enrol-chosen.ts";
import { listOpenPlays } from "../programme/plays/list-open-plays.ts";
import { listTierChoices } from "../programme/tiers/list-tier-choices.ts";
import { overrideChosen, previewOverriding } from "../programme/tiers/override-chosen.ts";
import { forInstalled, forQuestion, jsonOf, type Route } from "./card-route.ts";
import { enrolWords, tierWords, wordBulk } from "./word-bulk.ts";

/** Acts on companies that were chosen in a list; every request is signed by HubSpot. */
export const bulkRoutes: readonly Route[] = [
  {
    method: "get",
    path: bulkApi.getChoices,
    handle: forInstalled(async (ctx, caller) => {
      const [plays, tiers] = await Promise.all([
        listOpenPlays(ctx, caller.portalId),
        listTierChoices(ctx, caller.portalId),
      ]);
      return { plays, ...tiers };
    }),
  },
  {
    method: "post",
    path: bulkApi.previewEnrol,
    handle: forQuestion(async (ctx, caller, req) =>
      wordBulk(await previewEnrolling(ctx, caller.portalId, caller.userId, jsonOf(req)), enrolWords, true),
    ),
  },
  {
    method: "post",
    path: bulkApi.enrol,
    handle: forInstalled(async (ctx, caller, req) =>
      wordBulk(await enrolChosen(ctx, caller.portalId, caller.userId, jsonOf(req)), enrolWords, false),
    ),
  },
  {
    method: "post",
    path: bulkApi.previewTier,
    handle: forQuestion(async (ctx, caller, req) =>
      wordBulk(await previewOverriding(ctx, caller.portalId, caller.userId, jsonOf(req)), tierWords, true),
    ),
  },
  {
    method: "post",
    path: bulkApi.setTier,
    handle: forInstalled(async (ctx, caller, req) =>
      wordBulk(await overrideChosen(ctx, caller.portalId, caller.userId, jsonOf(req)), tierWords, false),
    ),
  },
];
