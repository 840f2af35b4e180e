import type { PlayStep } from "./play-shape.ts";

export interface PlayTemplate {
  readonly key: string;
  readonly label: string;
  readonly source: string;
  readonly steps: readonly PlayStep[];
}

const step = (
  day: number,
  channel: PlayStep["channel"],
  side: PlayStep["side"],
  role: string | null,
  what: string,
  personalisation: PlayStep["personalisation"] = "contextual",
): PlayStep => ({ day, channel, side, role, what, personalisation });

/** Calendars of the guides as days from launch (rows 99, 100). The phases are the guides', the touches in them are ours. */
export const playTemplates: readonly PlayTemplate[] = [
  {
    key: "12-week",
    label: "12 weeks: awareness, consideration, decision",
    source: "row 99; touches ours",
    steps: [
      step(0, "display", "marketing", null, "Awareness (weeks 1–4): show the problem to the whole account", "surface"),
      step(3, "email", "sales", "champion", "First note: refer to something of this account"),
      step(10, "linkedin", "sales", "economic_buyer", "Connect, with the same reference"),
      step(21, "content", "marketing", "champion", "Send the study of their sector"),
      step(28, "event", "marketing", null, "Consideration (weeks 5–8): invite to the webinar"),
      step(35, "phone", "sales", "champion", "Call about what they read"),
      step(42, "content", "shared", "technical_evaluator", "Technical comparison and integrations"),
      step(
        56,
        "meeting",
        "sales",
        "economic_buyer",
        "Decision (weeks 9–12): business case for this account",
        "strategic",
      ),
      step(63, "email", "sales", "approver", "Terms, security and compliance answers"),
      step(77, "meeting", "sales", "champion", "Agree on the next step and the date", "strategic"),
    ],
  },
  {
    key: "16-week",
    label: "16 weeks: awareness, engagement, consideration, decision support",
    source: "rows 99 and 100; touches ours",
    steps: [
      step(0, "display", "marketing", null, "Awareness (weeks 1–4): show the problem to the whole account", "surface"),
      step(7, "email", "sales", "champion", "First note: refer to something of this account"),
      step(28, "event", "marketing", null, "Engagement (weeks 5–8): invite to a round table"),
      step(35, "linkedin", "sales", "economic_buyer", "Connect, with what their people looked at"),
      step(49, "phone", "sales", "champion", "Call about what they read"),
      step(56, "content", "shared", "technical_evaluator", "Consideration (weeks 9–12): comparison and integrations"),
      step(70, "meeting", "sales", "economic_buyer", "Business case for this account", "strategic"),
      step(
        84,
        "direct_mail",
        "marketing",
        "economic_buyer",
        "Decision support (weeks 13–16): references of their peers",
      ),
      step(98, "email", "sales", "approver", "Terms, security and compliance answers"),
      step(105, "meeting", "sales", "champion", "Agree on the next step and the date", "strategic"),
    ],
  },
];
