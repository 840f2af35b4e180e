import type { HotRoute } from "./hot-api.ts";
import { routeWhy } from "./hot-route.ts";
import { type SignalKind, signalKinds } from "./signal-kinds.ts";

/** "Tue 24 Nov, 09:59 (Europe/Madrid)": the time is counted in hours that pass, and shown on the portal's clock. */
export function dueText(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(at);
  return `${parts} (${timeZone})`;
}

interface Told {
  /** "readiness", or the kind of signal that did it. */
  readonly trigger: string;
  readonly readiness: number | null;
  readonly route: HotRoute;
}

/** Why an account is hot, without names, and why it goes elsewhere than to sales. */
export function hotReason({ trigger, readiness, route }: Told): string {
  return whyHot(trigger, readiness) + routeWhy(route);
}

function whyHot(trigger: string, readiness: number | null): string {
  if (trigger === "readiness") return `Readiness rose to ${readiness ?? "the line"}, and the account fits.`;
  const what = isKnown(trigger) ? signalKinds[trigger].label : trigger.replaceAll("_", " ");
  return `Somebody at this target account ${what}.`;
}

const isKnown = (kind: string): kind is SignalKind => Object.hasOwn(signalKinds, kind);
