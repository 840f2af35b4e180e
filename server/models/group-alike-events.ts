import { kindOfEvent } from "./hubspot-event-kinds.ts";
import type { HubspotEvent } from "./hubspot-score-shape.ts";

/** Events of different types, each with the same points in the same time frame. */
export type Alike = readonly [HubspotEvent, ...HubspotEvent[]];

/** Puts those together that count alike, so that one criterion can count them all. One type twice is never alike: it counts twice. */
export function groupAlikeEvents(events: readonly HubspotEvent[]): Alike[] {
  const groups: [HubspotEvent, ...HubspotEvent[]][] = [];
  for (const event of events) {
    const own = countOf(event);
    const group = groups.find(
      (one) => own !== null && countOf(one[0]) === own && one.every((other) => other.eventTypeId !== event.eventTypeId),
    );
    if (group === undefined) groups.push([event]);
    else group.push(event);
  }
  return groups;
}

/** How an event counts, but for its type; null where it may not be counted together with another. */
function countOf({ eventTypeId, recordCalculation, eventTimeframe, eventFrequencyCriteria }: HubspotEvent) {
  if (kindOfEvent[eventTypeId] === undefined || eventFrequencyCriteria !== undefined) return null;
  return JSON.stringify([recordCalculation.type, recordCalculation.value, eventTimeframe]);
}
