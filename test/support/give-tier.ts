import type { AccountTierView } from "@touchstone/shared/tiers-api.ts";
import type { ClockedWorld } from "./clocked-world.ts";

/** Gives an account a place in a tier by hand, as somebody would, and waits until it holds. */
export async function giveTier(world: ClockedWorld, companyId: string, tier: string): Promise<void> {
  const path = `/api/accounts/${companyId}/tier`;
  const read = async () => (await (await world.ask(path)).json()) as AccountTierView;
  await world.until("places were given", async () => (await read()).tier !== null);
  const body = { tier, reason: "for this test", expiresAt: world.now() + 80 * 86_400_000 };
  const answer = await world.ask(`${path}/override`, "POST", body);
  if (!answer.ok) throw new Error(`the override answered ${answer.status}: ${await answer.text()}`);
  await world.until(`the place in ${tier}`, async () => (await read()).tier === tier);
}
