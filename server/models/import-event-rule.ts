import { longestWindowDays } from "@touchstone/shared/criterion-shapes.ts";
import type { HubspotEvent, HubspotGroup, HubspotRule } from "./hubspot-score-shape.ts";
import type { Imported } from "./import-property-rule.ts";

/** HubSpot's event types that have a signal of ours; the ids are those of its workflows and segments. */
const kindOfEvent: Readonly<Record<string, { kind: string; label: string; one: string; many: string }>> = {
  "4-666440": { kind: "email_open", label: "Emails opened", one: "open", many: "opens" },
  "4-666288": { kind: "email_click", label: "Links clicked in emails", one: "click", many: "clicks" },
  "4-665538": { kind: "email_reply", label: "Emails answered", one: "reply", many: "replies" },
  "4-1639801": { kind: "form_submission", label: "Forms filled in", one: "form", many: "forms" },
  "4-96000": { kind: "page_visit", label: "Pages visited", one: "visit", many: "visits" },
  "4-1720599": { kind: "meeting_booked", label: "Meetings booked", one: "meeting", many: "meetings" },
};
/** Where HubSpot sets no limit, a criterion needs one all the same. */
const capWithout = 10;

/** Points for something that people do, with HubSpot's time frame as the window and its decay as a half-life. */
export function importEvent(
  event: HubspotEvent,
  rule: HubspotRule,
  group: HubspotGroup,
): Imported & { label?: string } {
  const known = kindOfEvent[event.eventTypeId];
  if (known === undefined) return { lost: `the event type ${event.eventTypeId} has no signal here` };
  const window = windowOf(event);
  if (window === null) return { lost: "its time frame is not a number of days back from now" };
  const halfLife = halfLifeOf(group);
  const base = { signals: [known.kind], windowDays: window.days, countBy: "signal", ...halfLife.field };
  const notes = [...window.notes, ...halfLife.notes];
  const unit = { one: known.one, many: known.many };
  const { ranges } = event.eventFrequencyCriteria ?? { ranges: null };
  if (ranges !== null) return { ...importRanges(ranges, { ...base, unit }, notes), label: known.label };
  const each = event.recordCalculation.type === "CONSTANT" ? (event.recordCalculation.value ?? 0) : 0;
  if (each <= 0)
    return { lost: each < 0 ? "takes points away: a model here only gives points" : "gives no fixed points" };
  const limit = rule.maximumValue ?? group.maxValue;
  const cap = limit === undefined ? capWithout : Math.min(100, Math.max(1, Math.floor(limit / each)));
  if (limit === undefined) notes.push(`HubSpot counts without end, this counts ${capWithout} at most`);
  else if (cap * each !== limit) notes.push(`the limit of ${limit} points became ${cap * each}, whole times ${each}`);
  return { criterion: { kind: "signal-count", ...base, cap, pointsEach: each, unit }, notes, label: known.label };
}

type Ranges = NonNullable<HubspotEvent["eventFrequencyCriteria"]>["ranges"];

/** "At least n times" is a rung. A range that ends keeps its points above its end here, where HubSpot drops them. */
function importRanges(ranges: Ranges, base: object, notes: string[]): Imported {
  const sorted = [...ranges].sort((a, b) => a.from - b.from);
  if (sorted.some(({ value }) => value < 0)) return { lost: "takes points away: a model here only gives points" };
  if (sorted.some(({ value }, index) => value < (sorted[index - 1]?.value ?? 0))) {
    return { lost: "gives fewer points for more events: a ladder here only goes up" };
  }
  const top = sorted.at(-1);
  const rungs = sorted.map(({ from, value }) => ({
    key: `from_${from}`,
    label: `${from} and more`,
    points: value,
    when: [{ measure: "count", atLeast: from }],
  }));
  const ends = top !== undefined && (top.type === "EXACTLY" || top.to !== undefined);
  if (ends) notes.push(`more than ${top.to ?? top.from} events keep their points here; HubSpot gives none`);
  return { criterion: { kind: "signal-rungs", ...base, rungs: rungs.reverse(), none: "none" }, notes };
}

function windowOf({ eventTimeframe }: HubspotEvent): { days: number; notes: string[] } | null {
  if (eventTimeframe === undefined) {
    return { days: longestWindowDays, notes: [`HubSpot counts since ever, this looks back ${longestWindowDays} days`] };
  }
  const { operationType, numberOfDays } = eventTimeframe.eventFilterOperation;
  if (operationType !== "ROLLING_DATE_RANGE" || numberOfDays === undefined || numberOfDays < 1) return null;
  if (numberOfDays <= longestWindowDays) return { days: Math.round(numberOfDays), notes: [] };
  return { days: longestWindowDays, notes: [`looks back ${longestWindowDays} days, the most, not ${numberOfDays}`] };
}

/** HubSpot takes a fixed part off each interval; a half-life meets it where half is left. */
function halfLifeOf({ groupDecay }: HubspotGroup): { field: object; notes: string[] } {
  if (groupDecay === undefined || groupDecay.percentToDecayPerInterval <= 0) return { field: {}, notes: [] };
  const { decayIntervalDays, percentToDecayPerInterval } = groupDecay;
  const days = Math.min(365, Math.max(0.5, Math.round((decayIntervalDays * 500) / percentToDecayPerInterval) / 10));
  const stepDays = Math.min(90, Math.max(0.25, decayIntervalDays));
  const notes = [
    `${percentToDecayPerInterval} % less every ${decayIntervalDays} days became a half-life of ${days} days: equal at the half, slower after it`,
  ];
  return { field: { halfLife: { days, stepDays } }, notes };
}
