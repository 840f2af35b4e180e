import type { AccountView } from "@touchstone/shared/card-api.ts";

/** "Excluded: Competitor. No outreach until the reason is gone."; null for an account that is not excluded (row 7). */
export const exclusionOf = ({ state, headline }: Pick<AccountView, "state" | "headline">): string | null =>
  state === "excluded" ? `${headline}. No outreach until the reason is gone.` : null;
