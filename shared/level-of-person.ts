import type { PersonLevel } from "./committee-api.ts";

/** What a person did of one kind. */
export interface SeenKind {
  readonly kind: string;
  /** How often within the window of levels. */
  readonly recent: number;
  /** The most within that window. */
  readonly strength: number | null;
}

/** What is older tells nothing of how far a person has come; ours. */
export const levelWindowMs = 180 * 86_400_000;

const exposed = ["email_open", "email_click", "page_visit", "pricing_page_visit", "form_submission", "event_attended"];
const engaged = [
  "email_reply",
  "message_reply",
  "meeting_booked",
  "meeting_held",
  "call_connected",
  "information_request",
];
const evaluating = ["demo_request", "reference_request", "proposal_sent"];
/** A visit of so many pages is a long one; ours. */
const longVisit = 5;

const labels = ["", "Aware", "Interested", "Engaged", "Evaluating", "Advocating"] as const;

/** "Level 4 of 5: Evaluating"; whoever was never seen has no level. */
export const levelText = (level: PersonLevel): string =>
  level === 0 ? "Nothing seen yet" : `Level ${level} of 5: ${labels[level]}`;

/** How far a person has come, by what they did (row 109). Level 5 is never seen in events: somebody says it. */
export function levelOfPerson(
  traces: readonly SeenKind[],
  judged: number | null,
): { level: PersonLevel; reason: string } {
  if (judged === 5) return { level: 5, reason: "Advocating: somebody of the team says so." };
  const signals = traces.filter(({ recent }) => recent > 0);
  const some = (kinds: readonly string[]) => signals.find(({ kind }) => kinds.includes(kind));
  if (some(evaluating)) return { level: 4, reason: "Evaluating: asked for a demo or for proof." };
  if (some(engaged)) return { level: 3, reason: "Engaged: replied, talked with us or met us." };
  const downloads = some(["content_download"])?.recent ?? 0;
  if (downloads >= 2) return { level: 2, reason: `Interested: ${downloads} downloads.` };
  const visit = signals.find(({ kind, strength }) => kind === "page_visit" && (strength ?? 0) >= longVisit);
  if (visit) return { level: 2, reason: `Interested: a visit of ${visit.strength} pages.` };
  if (downloads === 1 || some(exposed)) return { level: 1, reason: "Aware: opened, visited or took part." };
  return { level: 0, reason: "Nothing seen in the last 180 days." };
}
