import type { BuyingRole, Seniority } from "@touchstone/shared/account-snapshot.ts";

/**
 * The rules that every engine of the benchmark runs (performance.md §3): 4 ranges, 4 enumerations, 2 any-of, 2 counts of
 * people, 15 decayed sums of signals with half-life, weight and cap, 1 recency, 1 range over a sum, 1 flag. A decayed
 * signal is worth 0.5 ^ (whole days ÷ half-life), rounded to thousandths.
 */
export type Rule =
  | { kind: "range"; property: string; cuts: readonly { from: number; to: number; points: number }[] }
  | { kind: "enum"; property: string; points: Readonly<Record<string, number>> }
  | { kind: "any-of"; property: string; values: readonly string[]; points: number }
  | {
      kind: "people";
      roles?: readonly BuyingRole[];
      seniorities?: readonly Seniority[];
      points: number;
      cap: number;
    }
  | { kind: "decay"; signal: string; windowDays: number; halfLifeDays: number; points: number; cap: number }
  | { kind: "recency"; signals: readonly string[]; windowDays: number; halfLifeDays: number; points: number }
  | { kind: "sum"; signal: string; windowDays: number; cuts: readonly { atLeast: number; points: number }[] }
  | { kind: "flag"; property: string; points: number };

export type NamedRule = Rule & { readonly key: string; readonly axis: Axis };
export const axes = ["fit", "intent", "engagement"] as const;
export type Axis = (typeof axes)[number];

const decay = (
  axis: Axis,
  signal: string,
  windowDays: number,
  halfLifeDays: number,
  points: number,
  cap: number,
): NamedRule => ({ key: signal, axis, kind: "decay", signal, windowDays, halfLifeDays, points, cap });

const cuts = (a: number, b: number, c: number, d: number) => [
  { from: b, to: c, points: 5 },
  { from: a, to: b, points: 3 },
  { from: c, to: d, points: 1 },
];

export const rules: readonly NamedRule[] = [
  { key: "size", axis: "fit", kind: "range", property: "numberofemployees", cuts: cuts(50, 200, 2000, 10_000) },
  { key: "revenue", axis: "fit", kind: "range", property: "annualrevenue", cuts: cuts(1e6, 1e7, 5e8, 5e9) },
  { key: "raised", axis: "fit", kind: "range", property: "total_money_raised", cuts: cuts(1e5, 1e6, 1e8, 1e9) },
  { key: "founded", axis: "fit", kind: "range", property: "founded_year", cuts: cuts(1950, 1990, 2015, 2027) },
  {
    key: "industry",
    axis: "fit",
    kind: "enum",
    property: "industry",
    points: { COMPUTER_SOFTWARE: 5, INTERNET: 5, BANKING: 3, INSURANCE: 3, RETAIL: 1 },
  },
  {
    key: "country",
    axis: "fit",
    kind: "enum",
    property: "country",
    points: { "United States": 5, Canada: 5, Germany: 3, France: 3, India: 1 },
  },
  { key: "type", axis: "fit", kind: "enum", property: "type", points: { PROSPECT: 3, OTHER: 1 } },
  {
    key: "stage",
    axis: "fit",
    kind: "enum",
    property: "lifecyclestage",
    points: { opportunity: 5, salesqualifiedlead: 3, lead: 1 },
  },
  {
    key: "technology",
    axis: "fit",
    kind: "any-of",
    property: "web_technologies",
    values: ["salesforce", "segment", "snowflake"],
    points: 4,
  },
  {
    key: "keywords",
    axis: "fit",
    kind: "any-of",
    property: "hs_keywords",
    values: ["security", "compliance"],
    points: 2,
  },
  { key: "target", axis: "fit", kind: "flag", property: "hs_is_target_account", points: 3 },
  { key: "buyers", axis: "engagement", kind: "people", roles: ["economic_buyer", "champion"], points: 2, cap: 3 },
  { key: "leaders", axis: "engagement", kind: "people", seniorities: ["c_level", "vp"], points: 2, cap: 2 },
  decay("intent", "pricing_page_visit", 60, 14, 3, 3),
  decay("intent", "demo_request", 90, 30, 5, 2),
  decay("intent", "information_request", 90, 30, 3, 2),
  decay("intent", "content_download", 90, 21, 2, 3),
  decay("intent", "form_submission", 90, 21, 2, 2),
  decay("intent", "topic_research", 60, 20, 1, 4),
  decay("intent", "competitor_research", 60, 20, 2, 2),
  decay("intent", "event_attended", 120, 40, 2, 2),
  decay("engagement", "email_open", 30, 7, 1, 5),
  decay("engagement", "email_click", 30, 10, 1, 4),
  decay("engagement", "email_reply", 60, 20, 2, 3),
  decay("engagement", "message_reply", 60, 20, 2, 3),
  decay("engagement", "meeting_booked", 90, 30, 3, 2),
  decay("engagement", "meeting_held", 120, 45, 4, 2),
  decay("engagement", "call_connected", 90, 30, 2, 3),
  {
    key: "recency",
    axis: "engagement",
    kind: "recency",
    signals: ["meeting_held", "call_connected", "email_reply", "message_reply"],
    windowDays: 120,
    halfLifeDays: 30,
    points: 5,
  },
  {
    key: "pages",
    axis: "intent",
    kind: "sum",
    signal: "page_visit",
    windowDays: 60,
    cuts: [
      { atLeast: 20, points: 5 },
      { atLeast: 8, points: 3 },
      { atLeast: 1, points: 1 },
    ],
  },
];

const dayMs = 86_400_000;
export const windowMsOf = (rule: { windowDays: number }): number => rule.windowDays * dayMs;
export const daysOf = (ageMs: number): number => Math.floor(ageMs / dayMs);

/** Thousandths that are left after 0, 1, 2 … whole days. */
export const weightsOf = (rule: { windowDays: number; halfLifeDays: number }): readonly number[] =>
  Array.from({ length: rule.windowDays + 1 }, (_, days) => Math.round(1000 * 0.5 ** (days / rule.halfLifeDays)));

/** Thousandths to points: sums of whole numbers are exact in every engine. */
export const mostOf = (rule: Rule): number => {
  switch (rule.kind) {
    case "range":
    case "sum":
      return Math.max(...rule.cuts.map((cut) => cut.points));
    case "enum":
      return Math.max(...Object.values(rule.points));
    case "people":
    case "decay":
      return rule.points * rule.cap;
    default:
      return rule.points;
  }
};
