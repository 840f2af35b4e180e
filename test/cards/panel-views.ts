import { personForm } from "../../server/programme/committee/person-form.ts";
import { placeForm } from "../../server/programme/committee/place-form.ts";
import type {
  AccountPlaysView,
  CommitteeCardView,
  DealCardView,
  QuestionsView,
  TrendView,
} from "../../shared/record-cards-api.ts";
import { accountBrief, rowView } from "./person-view.ts";

const at = Date.parse("2026-11-20T10:30:00Z");

export const committeeView = (parts: Partial<CommitteeCardView> = {}): CommitteeCardView => ({
  companyId: "501",
  exclusion: null,
  taxonomy: "six-with-blocker",
  depth: "person",
  people: [rowView({ message: "ROI and business case" })],
  peopleCount: 1,
  roles: [],
  coverage: { covered: 1, required: 3, missing: ["Economic buyer", "Approver"] },
  form: personForm("six-with-blocker"),
  placeForm: placeForm("six-with-blocker", "person", ["Economic buyer"]),
  places: [],
  warnings: ["Single thread: A deal is open, and 1 person is engaged."],
  stage: { stage: "interest", label: "Interest", since: at, days: 2, stuck: false, gate: "several people engage" },
  ...parts,
});

export const playsView = (parts: Partial<AccountPlaysView> = {}): AccountPlaysView => ({
  companyId: "501",
  exclusion: null,
  plays: [
    {
      playId: "p1",
      name: "Autumn",
      state: "Running",
      enrolledAt: at,
      progress: "0 of 2 steps done",
      next: [
        { step: 0, text: "Phone: Call", dueAt: at, isDue: true },
        { step: 1, text: "Email: Send the case", dueAt: at, isDue: false },
      ],
    },
  ],
  choices: [],
  ...parts,
});

export const questionsView: QuestionsView = {
  companyId: "501",
  questions: [
    {
      criterion: "technology",
      label: "Technology maturity",
      question: "How early do they take up new technology?",
      worth: "up to 5 points of priority",
      answers: [{ key: "laggard", label: "laggard" }],
      answer: null,
    },
  ],
};

export const dealView = (parts: Partial<DealCardView> = {}): DealCardView => ({
  dealId: "501",
  state: "known",
  note: null,
  account: accountBrief(),
  exclusion: null,
  isOpen: true,
  people: [rowView()],
  roles: [],
  coverage: { covered: 1, required: 3, missing: ["Approver"] },
  accountCoverage: "2 of 3 roles",
  warnings: ["Single thread: 1 person of this deal is engaged."],
  ...parts,
});

export const trendView = (parts: Partial<TrendView> = {}): TrendView => ({
  companyId: "501",
  gap: null,
  max: 100,
  points: [
    { at, score: 12.3, change: null, tierChange: null, reasons: ["First score"] },
    {
      at: at + 86_400_000,
      score: 17.3,
      change: "12.3 → 17.3",
      tierChange: null,
      reasons: ["Somebody asked for a demo"],
    },
  ],
  ...parts,
});
