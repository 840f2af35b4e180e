import { offerMoves } from "../../server/programme/plays/offer-moves.ts";
import type { OnboardingView, TodayView, WeekView } from "../../shared/home-api.ts";
import { playSchema } from "../../shared/play-shape.ts";
import type { PlayView } from "../../shared/plays-api.ts";
import type { SpotCheckView, TargetListView } from "../../shared/target-list-api.ts";
import { toProportion } from "../../shared/wilson-interval.ts";

const company = {
  companyId: "501",
  company: "Northwind",
  recordUrl: "https://app.hubspot.com/contacts/1/record/0-2/501",
};

export const todayView: TodayView = {
  summary: "1 hot, 1 more to call.",
  leftOut: "2 ready accounts are in work: somebody reached out in the last 7 days.",
  empty: null,
  lines: [
    {
      ...company,
      kind: "hot",
      rank: 1,
      standing: "Tier 1 · priority 81.2 · readiness 8",
      why: "Somebody at this target account asked for a demo.",
      person: "Ana Ruiz, CTO",
      evidence: ["Ana Ruiz, CTO, asked for a demo, 20 Nov 2026"],
      timeLeft: "17 h left",
      due: "until 24 Nov 2026, 09:59 (Europe/Madrid)",
      lastTouch: "Call, 2 Nov 2026",
    },
    {
      ...company,
      companyId: "502",
      company: "Larkfield",
      kind: "call",
      rank: 2,
      standing: "Tier 2 · priority 60 · readiness 5",
      why: "Ben Ode, Analyst, opened an email, 19 Nov 2026",
      person: null,
      evidence: [],
      timeLeft: null,
      due: null,
      lastTouch: "None in 30 days",
    },
  ],
};

const list = { title: "", definition: "How it is counted.", lines: [], empty: "Nothing here." };

export const weekView: WeekView = {
  period: "15 Nov 2026 to 22 Nov 2026, compared with the 7 days before",
  counted: "",
  figures: [{ label: "Accounts engaged", value: "6", change: "3 fewer than the week before", direction: "down" }],
  engaged: {
    ...list,
    title: "Engaged: 1 account",
    lines: [
      {
        ...company,
        tier: "Tier 1",
        people: "3 people, 2 more than the week before",
        score: "81.2, up 4",
        moved: "Tier 2 → Tier 1",
      },
    ],
  },
  running: { ...list, title: "Running: 0 plays", empty: "No play runs." },
  toPause: {
    ...list,
    title: "To decide: 1",
    lines: [
      {
        key: "501",
        asks: "cold",
        company,
        name: "Northwind",
        why: "Engagement has been low.",
        detail: "Runs: Autumn wave.",
      },
    ],
  },
  guard: [{ tier: "Tier 1", free: true, text: "Tier 1 may have a play in November 2026." }],
};

export const listView: TargetListView = {
  size: 1,
  retention: { kept: toProportion(0, 0), state: "not reviewed", text: "Sales has not looked at any account." },
  after: null,
  accounts: [
    {
      ...company,
      domain: "northwind.example",
      sources: ["crm"],
      addedAt: 0,
      tier: "tier_1",
      tierLabel: "Tier 1",
      score: 81.2,
      verdict: null,
      verdictReason: null,
      verdictNote: null,
      duplicates: { count: 1, companyIds: ["777"] },
    },
  ],
};

export const spotCheckView: SpotCheckView = {
  drawnAt: 0,
  seed: "spring",
  listSize: 5,
  drawn: "1 of 5 accounts, drawn by tier on 3 Nov 2026 with the seed spring.",
  again: "Another fifth is drawn, with the seed 2026-11-03-2.",
  nextSeed: "2026-11-03-2",
  valid: toProportion(0, 0),
  verdict: "open",
  straddles: true,
  text: "Nothing is answered yet.",
  accounts: [
    {
      ...company,
      tier: "tier_1",
      tierLabel: "Tier 1",
      dataMatches: null,
      hasProblem: null,
      isBuying: null,
      evidenceUrl: null,
    },
  ],
};

export const playView = (parts: Partial<PlayView> = {}): PlayView => ({
  playId: "p1",
  play: playSchema.parse({
    name: "Autumn wave",
    tier: "tier_2",
    steps: [{ day: 0, channel: "email", side: "sales", role: null, what: "First note", personalisation: "contextual" }],
    handoff: null,
  }),
  tierLabel: "Tier 2",
  status: "approved",
  approval: null,
  suggestion: null,
  launchedAt: null,
  overrideReason: null,
  results: {
    enrolled: 20,
    engaged: toProportion(4, 20),
    handedOver: toProportion(0, 20),
    stepsDone: 3,
    stepsDue: 17,
  },
  checks: [],
  moves: offerMoves(parts.status ?? "approved"),
  ...parts,
});

export const onboardingView: OnboardingView = {
  summary: "1 of 3 done",
  done: 1,
  total: 3,
  steps: [
    {
      key: "connected",
      title: "Connect Touchstone",
      text: "Connected on 3 Nov 2026.",
      state: "done",
      byHand: false,
      route: null,
      progress: null,
    },
    {
      key: "read",
      title: "Read the CRM",
      text: "Read so far: 12,300 of 90,000 records, 930 a second. At this pace all are read at 3 Nov 2026, 13:40. This goes on by itself.",
      state: "under way",
      byHand: false,
      route: null,
      progress: { done: 12_300, total: 90_000 },
    },
    {
      key: "deal-card",
      title: "Place the card on deals",
      text: "By hand.",
      state: "open",
      byHand: true,
      route: null,
      progress: null,
    },
    {
      key: "play",
      title: "Launch a play",
      text: "None yet.",
      state: "open",
      byHand: false,
      route: "/plays",
      progress: null,
    },
  ],
};
