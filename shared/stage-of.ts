import { type StageKey, type StageView, stages } from "./account-stage.ts";
import { readCrmTime } from "./crm-time.ts";
import { dealStateOf } from "./deal-state.ts";

const dayMs = 86_400_000;
/** What is older tells nothing of where an account stands; ours. */
export const stageWindowMs = 365 * dayMs;

export interface StageEvidence {
  /** When the account came onto the list; null: it is not on it. */
  readonly listedAt: number | null;
  /** Since when people of the account do things of a kind, in any order. */
  readonly signals: readonly { readonly kind: string; readonly personId: string | null; readonly firstAt: number }[];
  readonly deals: readonly {
    readonly openedAt: number | null;
    readonly wonAt: number | null;
    readonly isOpen: boolean;
  }[];
}

const exposures = ["email_open", "email_click", "page_visit", "pricing_page_visit"];
const explicit = [
  "form_submission",
  "content_download",
  "information_request",
  "demo_request",
  "email_reply",
  "message_reply",
  "meeting_booked",
  "meeting_held",
  "event_attended",
];

/** The stage by the gates that were passed: the furthest one counts, since when is when it was passed (row 107). */
export function stageOf(evidence: StageEvidence, now: number): StageView {
  const { stage, since } = furthest(evidence);
  const { label, gate, days: length } = stages[stage];
  const days = since === null ? null : Math.max(0, Math.floor((now - since) / dayMs));
  return { stage, label, since, days, stuck: length !== null && days !== null && days > length.most, gate };
}

function furthest({ listedAt, signals, deals }: StageEvidence): { stage: StageKey; since: number | null } {
  const wonAt = earliest(deals.flatMap((deal) => deal.wonAt ?? []));
  if (wonAt !== null) return { stage: "expansion", since: wonAt };
  const open = deals.filter((deal) => deal.isOpen);
  if (open.length > 0) return { stage: "decision", since: earliest(open.flatMap((deal) => deal.openedAt ?? [])) };
  const severalAt = secondPersonAt(signals);
  const explicitAt = earliest(signals.flatMap(({ kind, firstAt }) => (explicit.includes(kind) ? [firstAt] : [])));
  if (severalAt !== null && explicitAt !== null)
    return { stage: "consideration", since: Math.max(severalAt, explicitAt) };
  const seenAt = earliest(
    signals.flatMap(({ kind, firstAt }) => (exposures.includes(kind) || explicit.includes(kind) ? [firstAt] : [])),
  );
  return seenAt === null ? { stage: "awareness", since: listedAt } : { stage: "interest", since: seenAt };
}

/** When the second person of the account did something for the first time. */
function secondPersonAt(signals: StageEvidence["signals"]): number | null {
  const first = new Map<string, number>();
  for (const { personId, firstAt } of signals) {
    if (personId !== null) first.set(personId, Math.min(firstAt, first.get(personId) ?? firstAt));
  }
  return [...first.values()].sort((a, b) => a - b)[1] ?? null;
}

const earliest = (times: readonly number[]): number | null => (times.length > 0 ? Math.min(...times) : null);

/** A deal of the mirror as evidence. */
export function stageDeal(deal: Readonly<Record<string, string | null>>): StageEvidence["deals"][number] {
  const state = dealStateOf(deal);
  return {
    openedAt: readCrmTime(deal.createdate),
    wonAt: state === "won" ? readCrmTime(deal.closedate) : null,
    isOpen: state === "open",
  };
}
