import { personForm, personValues } from "../../server/programme/committee/person-form.ts";
import type { AccountBrief, CommitteeRowView, PersonCardView } from "../../shared/record-cards-api.ts";

const at = Date.parse("2026-11-20T10:30:00Z");

export const accountBrief = (parts: Partial<AccountBrief> = {}): AccountBrief => ({
  companyId: "77",
  name: "Acme",
  state: "scored",
  headline: "Sales to call · Tier 3",
  reason: "Asked for a demo.",
  priority: "17.3 of 100",
  readiness: "5 of 10",
  tier: "Tier 3",
  provisional: false,
  coveragePercent: 80,
  pending: false,
  ...parts,
});

/** A role as the view of a person has it. */
export const economicBuyer = { key: "economic_buyer", label: "Economic buyer", required: true, caresAbout: "Return" };

export const partView: NonNullable<PersonCardView["part"]> = {
  personId: "501",
  name: "Ana Ruiz",
  title: "CTO",
  seniority: "c_level",
  roles: [],
  canonicalRoles: [],
  rolesFrom: [],
  suggestions: [{ role: "economic_buyer", label: "Economic buyer", reason: "Suggested by the title: at the top." }],
  answers: personValues([], null),
  answersNote: "The account is scored again at once.",
  level: 4,
  levelReason: "Evaluating: asked for a demo, met us, or asked for proof.",
  influence: null,
  sentiment: null,
  lastTouchAt: at,
  engagedAt: at,
  buyingSignal: "asked for a demo",
  gone: null,
};

export const rowView = (parts: Partial<CommitteeRowView> = {}): CommitteeRowView => ({
  ...partView,
  levelText: "Level 4 of 5: Evaluating",
  message: null,
  ...parts,
});

export const personView = (parts: Partial<PersonCardView> = {}): PersonCardView => ({
  personId: "501",
  name: "Ana Ruiz",
  state: "member",
  note: null,
  account: accountBrief(),
  alsoAt: ["Other Ltd"],
  part: partView,
  levelText: "Level 4 of 5: Evaluating",
  stage: { stage: "interest", label: "Interest", since: at, days: 2, stuck: false, gate: "several people engage" },
  message: null,
  messageGap: "Give this person a role to see what to say to them.",
  evidence: [{ text: "Asked for a demo (Demo request)", at }],
  form: personForm("six-with-blocker"),
  ...parts,
});
