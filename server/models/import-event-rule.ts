import { longestWindowDays } from "@touchstone/shared/criterion-shapes.ts";
import { type Alike, groupAlikeEvents } from "./group-alike-events.ts";
import { kindOfEvent } from "./hubspot-event-kinds.ts";
import type { HubspotEvent, HubspotGroup, HubspotRule } from "./hubspot-score-shape.ts";
import type { Imported } from "./import-property-rule.ts";

/** Where HubSpot sets no limit, a criterion needs one all the same. */
const capWithout = 10;

/** The events of one rule. Those that count alike under the rule's limit are one criterion, which keeps the limit for all of them. */
export function importEvents(
  events: readonly HubspotEvent[],
  rule: HubspotRule,
  group: HubspotGroup,
): (Imported & { label?: string })[] {
  const groups: Alike[] = rule.maximumValue === undefined ? events.map((event) => [event]) : groupAlikeEvents(events);
  return groups.map((alike) => importEvent(alike, rule, group));
}

/** Points for something that people do, with HubSpot's time frame as the window and its decay as a half-life. */
function importEvent(alike: Alike, rule: HubspotRule, group: HubspotGroup): Imported & { label?: string } {
  const [event] = alike;
  const all = alike.flatMap(({ eventTypeId }) => kindOfEvent[eventTypeId] ?? []);
  const [known] = all;
  if (known === undefined) return { lost: `the event type ${event.eventTypeId} has no signal here` };
  const label = all.map((one) => one.label).join(", ");
  const window = windowOf(event);
  if ("lost" in window) return window;
  const halfLife = halfLifeOf(group);
  const signals = all.map(({ kind }) => kind);
  const base = { signals, windowDays: window.days, countBy: "signal", ...halfLife.field };
  const notes = [...window.notes, ...halfLife.notes];
  const unit = all.length === 1 ? { one: known.one, many: known.many } : { one: "event", many: "events" };
  const { ranges } = event.eventFrequencyCriteria ?? { ranges: null };
  if (ranges !== null) return { ...importRanges(ranges, { ...base, unit }, notes, rule.maximumValue), label };
  const worth = event.recordCalculation.type === "CONSTANT" ? (event.recordCalculation.value ?? 0) : 0;
  if (worth <= 0)
    return { lost: worth < 0 ? "takes points away: a model here only gives points" : "gives no fixed points" };
  const limit = rule.maximumValue ?? group.maxValue;
  const counted = countUpTo(worth, limit);
  if (limit === undefined) notes.push(`HubSpot counts without end, this counts ${capWithout} at most`);
  else {
    const most = counted.cap * counted.pointsEach;
    if (most !== limit) notes.push(`the limit of ${limit} points became ${most}, whole times ${worth}`);
    if (worth > limit && halfLife.notes.length > 0)
      notes.push(`one event is worth ${worth} points and fades to the limit of ${limit} first in HubSpot`);
  }
  return { criterion: { kind: "signal-count", ...base, ...counted, unit }, notes, label };
}

/** One event that is worth more than the limit gives the limit. */
function countUpTo(worth: number, limit: number | undefined): { cap: number; pointsEach: number } {
  if (limit === undefined) return { cap: capWithout, pointsEach: worth };
  if (worth >= limit) return { cap: 1, pointsEach: limit };
  return { cap: Math.min(100, Math.floor(limit / worth)), pointsEach: worth };
}

type Ranges = NonNullable<HubspotEvent["eventFrequencyCriteria"]>["ranges"];

/** "At least n times" is a rung. A range that ends keeps its points above its end here, where HubSpot drops them. */
function importRanges(
  ranges: Ranges,
  base: object,
  notes: string[],
  limit: number = Number.POSITIVE_INFINITY,
): Imported {
  const sorted = [...ranges].sort((a, b) => a.from - b.from);
  if (sorted.some(({ value }) => value < 0)) return { lost: "takes points away: a model here only gives points" };
  if (sorted.some(({ value }, index) => value < (sorted[index - 1]?.value ?? 0))) {
    return { lost: "gives fewer points for more events: a ladder here only goes up" };
  }
  const rungs = sorted
    .map(({ from, value }) => ({
      key: `from_${from}`,
      label: `${from} and more`,
      points: Math.min(value, limit),
      when: [{ measure: "count", atLeast: from }],
    }))
    // Over the limit more events give no more points, and a rung that gives no more is none.
    .filter(({ points }, index, all) => points < limit || (all[index - 1]?.points ?? 0) < limit);
  for (const [index, range] of sorted.entries()) {
    const end = endOf(range);
    const next = sorted[index + 1];
    if (end === null) continue;
    if (next === undefined) notes.push(`more than ${end} events keep their points here; HubSpot gives none`);
    else if (next.from > end + 1)
      notes.push(`${end + 1} to ${next.from - 1} events keep the points of fewer here; HubSpot gives none`);
  }
  return { criterion: { kind: "signal-rungs", ...base, rungs: rungs.reverse(), none: "none" }, notes };
}

/** The most events of a range; null when it does not end. */
const endOf = ({ type, from, to }: Ranges[number]): number | null => to ?? (type === "EXACTLY" ? from : null);

function windowOf({ eventTimeframe }: HubspotEvent): { days: number; notes: string[] } | { lost: string } {
  if (eventTimeframe === undefined) {
    return { days: longestWindowDays, notes: [`HubSpot counts since ever, this looks back ${longestWindowDays} days`] };
  }
  const { operationType, operator, numberOfDays } = eventTimeframe.eventFilterOperation;
  const isWindow = operationType === "ROLLING_DATE_RANGE" && operator === "IS_LESS_THAN_X_DAYS_AGO";
  if (!isWindow || numberOfDays === undefined || numberOfDays < 1)
    return { lost: `its time frame is not the last so many days: ${operationType} ${operator}` };
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
