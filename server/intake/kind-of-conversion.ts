import type { SignalKind } from "@touchstone/shared/signal-kinds.ts";

/**
 * HubSpot names a conversion after its form and page, and nothing else tells a demo request from a download. The first
 * pattern that fits decides. Market.md row 36 wants form types mapped to levels; the words are ours.
 */
const patterns: readonly (readonly [RegExp, SignalKind])[] = [
  [/\b(demo|demonstration|trial)s?\b/i, "demo_request"],
  [/\b(attended|webinar|workshop|events?|conference)\b/i, "event_attended"],
  [/\b(download|e-?book|white ?paper|guide|report|case stud(y|ies)|checklist|template)s?\b/i, "content_download"],
  [/\b(contact|pricing|quote|inquiry|enquiry|questions?|information)\b/i, "information_request"],
];

export function kindOfConversion(name: string): SignalKind {
  return patterns.find(([pattern]) => pattern.test(name))?.[1] ?? "form_submission";
}
