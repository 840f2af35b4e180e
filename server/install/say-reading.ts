import type { PortalStatusView } from "@touchstone/shared/card-api.ts";
import { createReaderFormat } from "@touchstone/shared/reader-format.ts";

/** How far the reading of a portal is and when it ends, in words; null when everything is read. */
export function sayReading(backfill: PortalStatusView["backfill"], timeZone: string): string | null {
  if (backfill === null || backfill.finishedAt !== null) return null;
  const { done, total, endsAt } = backfill;
  const perSecond = Math.round(backfill.perSecond);
  const { moment } = createReaderFormat({ locale: "en-GB", timeZone });
  const number = (value: number) => value.toLocaleString("en");
  // Records come while they are counted.
  const far =
    total === null ? `${number(done)} records` : `${number(done)} of ${number(Math.max(done, total))} records`;
  const pace = perSecond > 0 ? `, ${number(perSecond)} a second` : "";
  const end = endsAt === null || perSecond === 0 ? "" : ` At this pace all are read at ${moment(endsAt)}.`;
  return `Read so far: ${far}${pace}.${end}`;
}
