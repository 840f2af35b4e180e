import type { AccountView, LineView, ScoreView } from "../../shared/card-api.ts";

const at = (day: string) => Date.parse(`${day}T10:30:00Z`);

const line: LineView = {
  criterion: "industry",
  axis: "fit",
  axisLabel: "Fit",
  label: "Industry",
  state: "earned",
  points: 5,
  max: 5,
  reason: "Computer software is a perfect match",
  arithmetic: "5 of 5",
  at: null,
  cappedFrom: null,
  evidence: [],
  evidenceCount: 0,
  changesAt: null,
  source: "market.md row 27",
};

export const lineView = (parts: Partial<LineView>): LineView => ({ ...line, ...parts });

export const lines = {
  industry: lineView({
    evidence: [{ text: "Industry is Computer software", at: null, counted: true, note: null }],
    evidenceCount: 1,
  }),
  size: lineView({
    criterion: "size",
    label: "Company size",
    points: 3,
    reason: "1,250 people: acceptable",
    arithmetic: "3 of 5",
  }),
  technology: lineView({
    criterion: "technology",
    label: "Technology maturity",
    state: "unknown",
    points: 0,
    reason: "Not judged yet",
    arithmetic: "",
  }),
  website: lineView({
    criterion: "website",
    axis: "intent",
    axisLabel: "Intent",
    label: "Website visits",
    state: "zero",
    points: 0,
    max: 8,
    reason: "No visit in the last 30 days",
    arithmetic: "0 of 8",
  }),
  inbound: lineView({
    criterion: "inbound",
    axis: "intent",
    axisLabel: "Intent",
    label: "Inbound interest",
    points: 5,
    reason: "Asked for a demo",
    arithmetic: "highest of 2 = 5",
    at: at("2026-11-20"),
    evidence: [
      { text: "Ana Ruiz, CTO, asked for a demo", at: at("2026-11-20"), counted: true, note: null },
      {
        text: "Ben Ode, Analyst, opened an email",
        at: at("2026-11-19"),
        counted: false,
        note: "looks like a mail scanner",
      },
    ],
    evidenceCount: 4,
    changesAt: at("2026-12-20"),
  }),
  reach: lineView({
    criterion: "reach",
    axis: "engagement",
    axisLabel: "Engagement",
    label: "Committee reach",
    points: 4.343,
    max: 8,
    reason: "Two people engaged",
    arithmetic: "5 × 0.8686 = 4.343",
    cappedFrom: 9,
  }),
};

export const priority: ScoreView = {
  model: { key: "playbook-100", version: 3, name: "Playbook 100", purpose: "priority" },
  score: 17.3,
  max: 100,
  attainable: 58,
  coveragePercent: 58,
  provisional: true,
  band: { key: "tier_3", label: "Tier 3", phrase: "Worth a programme" },
  axes: [
    { key: "fit", label: "Fit", score: 8, attainable: 20, max: 40 },
    { key: "intent", label: "Intent", score: 5, attainable: 23, max: 35 },
    { key: "engagement", label: "Engagement", score: 4.343, attainable: 15, max: 25 },
  ],
  lines: Object.values(lines),
  rounding: -0.043,
};

export const readiness: ScoreView = {
  ...priority,
  model: { key: "readiness-10", version: 1, name: "Readiness 10", purpose: "readiness" },
  score: 5,
  max: 10,
  attainable: 10,
  coveragePercent: 100,
  provisional: false,
  band: { key: "call", label: "Call", phrase: "Sales to call" },
  axes: [{ key: "readiness", label: "Readiness", score: 5, attainable: 10, max: 10 }],
  lines: [
    lineView({
      criterion: "opens",
      axis: "readiness",
      axisLabel: "Readiness",
      label: "Emails opened",
      points: 3,
      max: 3,
      reason: "4 emails opened in 30 days",
      arithmetic: "min(4 opens, 3) × 1 = 3",
    }),
    lineView({
      criterion: "people",
      axis: "readiness",
      axisLabel: "Readiness",
      label: "People engaged",
      points: 2,
      max: 2,
      reason: "2 people engaged in 30 days",
      arithmetic: "min(2 people, 2) × 1 = 2",
    }),
  ],
  rounding: 0,
};

/** An account in the middle of things; a test changes what it is about. */
export const accountView = (parts: Partial<AccountView> = {}): AccountView => ({
  companyId: "501",
  name: "Northwind Robotics",
  state: "scored",
  headline: "Sales to call · Tier 3",
  reason: "Ana Ruiz, CTO, asked for a demo two days ago.",
  tier: { key: "tier_3", label: "Tier 3" },
  place: null,
  standing: { label: "Tier 3", note: "By score" },
  actions: [
    { key: "call", label: "Call", due: true, reason: "5 points, from 4 on" },
    { key: "handoff", label: "Hand off", due: false, reason: "5 points, needs 6" },
  ],
  hot: null,
  hotAnswer: null,
  cold: null,
  priority,
  readiness,
  highlights: [
    {
      label: "Inbound interest",
      points: 5,
      max: 5,
      who: "Ana Ruiz, CTO, asked for a demo",
      at: at("2026-11-20"),
      model: "priority",
    },
    { label: "Industry", points: 5, max: 5, who: "Industry is Computer software", at: null, model: "priority" },
    {
      label: "Emails opened",
      points: 3,
      max: 3,
      who: "Ana Ruiz, CTO, opened an email",
      at: at("2026-11-18"),
      model: "readiness",
    },
  ],
  raises: [
    { action: "A reply from a VP", points: 4, upTo: false, model: "priority" },
    { action: "Technology maturity", points: 5, upTo: true, model: "priority" },
    { action: "A visit to the pricing page", points: 1, upTo: false, model: "readiness" },
  ],
  risks: [],
  lastChange: {
    at: at("2026-11-20"),
    from: 12.3,
    to: 17.3,
    tierFrom: null,
    tierTo: "Tier 3",
    reasons: ["Inbound interest: +5, Ana Ruiz, CTO, asked for a demo"],
  },
  mergedFrom: null,
  pending: false,
  scoredAt: at("2026-11-22"),
  ...parts,
});
