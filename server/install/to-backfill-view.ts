import type { PortalStatusView } from "@touchstone/shared/card-api.ts";
import type { Backfill } from "../db/backfills.ts";

/** How far the first reading is, of all types together; the types that are not read to their end tell the pace. */
export function toBackfillView(backfills: readonly Backfill[], now: number): PortalStatusView["backfill"] {
  const sum = (of: readonly Backfill[], value: (one: Backfill) => number) =>
    of.reduce((total, one) => total + value(one), 0);
  const open = backfills.filter((one) => one.finishedAt === null);
  const isTotalKnown = backfills.every((one) => one.total !== null);
  const perSecond = sum(open, (one) => one.perSecond);
  // Records come while they are counted: a type may hold more than its total.
  const left = sum(open, (one) => Math.max(0, (one.total ?? 0) - one.done));
  const canTell = open.length > 0 && isTotalKnown && perSecond > 0;
  return {
    done: sum(backfills, (one) => one.done),
    total: isTotalKnown ? sum(backfills, (one) => one.total ?? 0) : null,
    perSecond: Math.round(perSecond * 10) / 10,
    endsAt: canTell ? Math.round(now + (left / perSecond) * 1000) : null,
    finishedAt: open.length > 0 ? null : Math.max(...backfills.map((one) => one.finishedAt?.getTime() ?? 0)),
  };
}
