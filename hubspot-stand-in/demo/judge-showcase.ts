import { showcase, showcaseJudgements } from "../seed/showcase.ts";
import type { StandIn } from "../stand-in.ts";

/**
 * Answers, as a rep on the card would, the questions about one showcase company that no CRM can answer. With CRM data alone
 * no account can reach Tier 2 (market.md row 40). Does nothing in a portal without that company.
 */
export async function judgeShowcase(standIn: StandIn, appUrl: string, portalId: number): Promise<void> {
  const { id } = showcase.justUnderTier2;
  if (!standIn.crm(portalId).get("companies", id)) return;
  const user = { userId: 1, email: "demo@example.com" };
  for (const [criterion, rung] of Object.entries(showcaseJudgements.justUnderTier2)) {
    const url = `${appUrl}/api/accounts/${id}/judgements`;
    const answer = await standIn.hubspotFetch(portalId, user, { url, method: "POST", body: { criterion, rung } });
    if (!answer.ok)
      throw new Error(`Judging ${criterion} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
  }
}
