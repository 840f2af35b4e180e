import type { ReportSection, ReportView } from "../../shared/reports-api.ts";
import type { CostsView } from "../../shared/roi-api.ts";

export const reachSection: ReportSection = {
  title: "Are the accounts reached, and do they answer?",
  when: "24 Aug 2026 to 22 Nov 2026 (Europe/Madrid)",
  columns: ["All tiers", "Tier 1"],
  notes: ["The interval says how far chance alone can carry a rate."],
  rows: [
    {
      key: "engaged",
      label: "Engaged",
      definition: "Accounts of which at least one person did something in the period.",
      cells: [
        { value: "12 of 40 (30 %)", note: "95 % interval 18–45 %" },
        { value: "n/a (0 of 0)", note: "" },
      ],
    },
  ],
  chart: {
    kind: "line",
    title: "Engaged accounts, week by week",
    xLabel: "Week until",
    yLabel: "Engaged, %",
    points: [
      { x: "15 Nov 2026", y: 25, group: "" },
      { x: "22 Nov 2026", y: 30, group: "" },
    ],
  },
};

export const stagesSection: ReportSection = {
  title: "Where do the accounts stand?",
  when: "As of 22 Nov 2026, 13:40 (Europe/Madrid)",
  columns: ["All tiers"],
  rows: [],
  notes: [],
  chart: {
    kind: "bar",
    title: "Accounts by stage",
    xLabel: "Stage",
    yLabel: "Accounts",
    points: [{ x: "Interest", y: 7, group: "Tier 1" }],
  },
};

export const reportView = (section: ReportSection | null): ReportView => ({ days: 90, section, empty: null });

export const costsView = (parts: Partial<CostsView> = {}): CostsView => ({
  title: "What does the programme cost?",
  text: "A cost counts on the first day of its month.",
  columns: ["Month", "Kind", "What for", "Amount in EUR"],
  costs: [
    {
      costId: "c1",
      kind: "technology",
      what: "Tools",
      amount: 60_000,
      at: 1_000,
      cells: ["October 2026", "Technology", "Tools", "60,000"],
    },
  ],
  kinds: [
    { value: "technology", label: "Technology" },
    { value: "people", label: "People" },
  ],
  months: [
    { value: 2_000, label: "November 2026" },
    { value: 1_000, label: "October 2026" },
  ],
  mayChange: true,
  ...parts,
});
