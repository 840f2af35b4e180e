import type { TierCardView } from "../../shared/record-cards-api.ts";

/** An account in tier 2 by the rule. */
export const tierCardView = (parts: Partial<TierCardView> = {}): TierCardView => ({
  companyId: "501",
  tier: "tier_2",
  label: "Tier 2",
  since: 1,
  reason: "Entered Tier 2",
  waitingFor: null,
  demotion: null,
  override: null,
  ownerMissing: false,
  touch: null,
  reassessAt: null,
  history: [],
  pending: false,
  lines: ["Since 3 Nov 2026: Entered Tier 2"],
  gap: null,
  form: {
    fields: [
      {
        key: "tier",
        label: "Tier",
        detail: "",
        kind: "choice",
        options: [
          { value: "tier_1", label: "Tier 1" },
          { value: "tier_2", label: "Tier 2" },
        ],
      },
      { key: "reason", label: "Reason", detail: "", kind: "text", options: [] },
    ],
    values: { tier: "tier_2", expiresAt: 30, makeRoom: false, reason: "" },
    note: "A tier set by hand wins over the rule until that day.",
  },
  endForm: null,
  ...parts,
});
