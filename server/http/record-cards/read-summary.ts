import { type AccountId, asAccountId, type PortalId } from "@touchstone/shared/ids.ts";
import type { AccountSummaryView } from "@touchstone/shared/record-cards-api.ts";
import { chooseNextAction } from "../../accounts/choose-next-action.ts";
import { readAccount } from "../../accounts/get-account.ts";
import { listQuestions } from "../../accounts/list-questions.ts";
import { toBrief } from "../../accounts/to-brief.ts";
import type { Context } from "../../context.ts";
import { getCommittee } from "../../programme/committee/get-committee.ts";
import { listAccountPlays } from "../../programme/plays/list-account-plays.ts";
import { getStage } from "../../programme/stages/get-stage.ts";

const mostEvidence = 3;

/** What a rep needs in five seconds: the state, the one thing to do next, who is missing, and three pieces of evidence. */
export async function readSummary(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  askedId: AccountId,
): Promise<AccountSummaryView> {
  const { view } = await readAccount(ctx, portalId, askedId);
  const accountId = asAccountId(view.companyId);
  const [committee, { gate }, { plays }, { questions }] = await Promise.all([
    getCommittee(ctx, portalId, accountId),
    getStage(ctx, portalId, accountId),
    listAccountPlays(ctx, portalId, accountId),
    listQuestions(ctx, portalId, accountId),
  ]);
  // Nobody is to be looked for at an excluded account.
  const missingRoles = view.state === "excluded" ? [] : committee.coverage.missing;
  const openQuestions = questions.filter(({ answer }) => answer === null).length;
  const facts = { account: view, people: committee.people, missingRoles, plays, openQuestions, gate };
  return {
    ...toBrief(view),
    evidence: view.highlights.slice(0, mostEvidence).map(({ who, at }) => ({ text: who, at })),
    next: chooseNextAction(facts, ctx.now()),
    missingRoles,
    risks: view.risks,
  };
}
