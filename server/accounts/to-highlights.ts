import type { AccountScore, Evidence, LedgerLine } from "@touchstone/shared/account-score.ts";
import type { HighlightView } from "@touchstone/shared/card-api.ts";
import { describeEvidence, type People } from "./describe-evidence.ts";

/** Of several things that people did for one line, the one to tell: what says most comes first. The order is ours. */
const tellingFirst = [
  "demo_request",
  "meeting_held",
  "meeting_booked",
  "call_connected",
  "email_reply",
  "message_reply",
  "information_request",
  "content_download",
  "event_attended",
  "pricing_page_visit",
  "form_submission",
  "page_visit",
  "email_click",
  "email_open",
];
const mostShown = 5;

/** The lines that matter to a rep: what people did, most points first, each thing told once. */
export function toHighlights(scores: readonly AccountScore[], people: People): HighlightView[] {
  const told = new Set<string>();
  return scores
    .flatMap((score) => score.lines.map((line) => ({ line, model: score.model.purpose })))
    .filter(({ line }) => line.state === "earned" && line.points > 0)
    .sort((a, b) => b.line.points / b.line.max - a.line.points / a.line.max || b.line.points - a.line.points)
    .flatMap(({ line, model }) => {
      const evidence = mostTelling(line);
      if (!evidence) return [];
      const who = describeEvidence(evidence, people);
      const deed = `${evidence.personId} ${evidence.kind === "person" ? "role" : evidence.what}`;
      if (told.has(deed)) return [];
      told.add(deed);
      return [{ label: line.label, points: line.points, max: line.max, who, at: evidence.at ?? line.at, model }];
    })
    .slice(0, mostShown);
}

function mostTelling(line: LedgerLine): Evidence | undefined {
  const rank = (one: Evidence) => {
    const place = tellingFirst.indexOf(one.what);
    return place === -1 ? tellingFirst.length : place;
  };
  return line.evidence
    .filter((one) => one.counted && one.personId !== null)
    .sort((a, b) => rank(a) - rank(b) || (b.at ?? 0) - (a.at ?? 0))[0];
}
