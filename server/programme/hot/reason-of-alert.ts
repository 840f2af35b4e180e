import { type SignalKind, signalKinds } from "@touchstone/shared/signal-kinds.ts";
import type { HotAlert } from "../../db/hot-alerts.ts";

/** Why the account is hot, in one sentence without names. */
export function reasonOfAlert({ trigger, readiness }: Pick<HotAlert, "trigger" | "readiness">): string {
  if (trigger === "readiness") return `Readiness rose to ${readiness ?? "the line"}, and the account fits.`;
  const what = isKnown(trigger) ? signalKinds[trigger].label : trigger.replaceAll("_", " ");
  return `Somebody at this target account ${what}.`;
}

const isKnown = (kind: string): kind is SignalKind => Object.hasOwn(signalKinds, kind);
