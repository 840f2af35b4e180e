import type { SignalKind } from "@touchstone/shared/signal-kinds.ts";

/**
 * HubSpot names a conversion after its form and page, and nothing else tells a demo request from a download. The first
 * pattern that fits decides. Market.md row 36 wants form types mapped to levels; the words are ours.
 */
const patterns: readonly (readonly [RegExp, SignalKind])[] = [
  [/\bdemo\b|trial/i, "demo_request"],
  [/attended|webinar|workshop|event|conference/i, "event_attended"],
  [/download|e-?book|white ?paper|guide|report|case study|checklist|template/i, "content_download"],
  [/contact|pricing|quote|inquiry|enquiry|question|information/i, "information_request"],
];

export function kindOfConversion(name: string): SignalKind {
  return patterns.find(([pattern]) => pattern.test(name))?.[1] ?? "form_submission";
}
