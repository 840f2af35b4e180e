import type { AccountSummaryView } from "../../shared/record-cards-api.ts";
import { accountBrief } from "./person-view.ts";

export const summaryView = (parts: Partial<AccountSummaryView> = {}): AccountSummaryView => ({
  ...accountBrief(),
  evidence: [{ text: "Ana Ruiz, CTO, asked for a demo", at: Date.parse("2026-11-20T10:30:00Z") }],
  next: {
    text: "Reach out to Ana Ruiz, CTO",
    why: "Somebody asked for a demo.",
    timeLeft: "17 h left",
    late: false,
    opens: { panel: "committee", press: "What to say to whom" },
  },
  missingRoles: ["Economic buyer"],
  risks: [],
  ...parts,
});
