import { readCrmTime } from "@touchstone/shared/crm-time.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { createReaderFormat } from "@touchstone/shared/reader-format.ts";
import { recordUrl } from "@touchstone/shared/record-url.ts";
import { notEngagingKinds } from "@touchstone/shared/signal-kinds.ts";
import type { HygieneKind, HygieneLine, HygieneView } from "@touchstone/shared/target-list-api.ts";
import type { TierTraits } from "@touchstone/shared/tier-traits.ts";
import type { Context } from "../../context.ts";
import { type HygieneRow, mostCounted, readHygiene } from "../../db/list-hygiene.ts";
import { findPortal, type Portal } from "../../db/portals.ts";
import { readTierTraits } from "../../db/tier-traits.ts";

/** Row 142; ours. */
const staleDays = 180;
const kinds: readonly HygieneKind[] = ["add", "remove", "stale", "neglected", "no owner"];

/** What of the list asks for a decision, each with its reason. Suggestions only: nothing is changed. */
export async function readHygieneLines(ctx: Pick<Context, "db" | "now">, portalId: PortalId): Promise<HygieneView> {
  const [tiers, portal] = await Promise.all([readTierTraits(ctx.db, portalId), findPortal(ctx.db, portalId)]);
  const rows = await readHygiene(ctx.db, portalId, { now: ctx.now(), tiers, staleDays, notKinds: notEngagingKinds });
  const words = {
    tiers,
    portal,
    day: createReaderFormat({ locale: "en-GB", timeZone: portal?.timeZone ?? "UTC" }).day,
  };
  const lines = rows.map((row) => toLine(row, words));
  const totals = new Map<HygieneKind, number>();
  for (const [first] of Map.groupBy(rows, (row) => row.part).values()) {
    if (!first) continue;
    const { kind } = toLine(first, words);
    totals.set(kind, (totals.get(kind) ?? 0) + first.total);
  }
  const count = (kind: HygieneKind) => {
    const total = totals.get(kind) ?? 0;
    return kind === "add" && total >= mostCounted ? `${mostCounted} or more` : String(total);
  };
  const counts = Object.fromEntries(kinds.map((kind) => [kind, count(kind)])) as Record<HygieneKind, string>;
  return { lines, counts, removing };
}

interface Words {
  readonly tiers: readonly TierTraits[];
  readonly portal: Portal | undefined;
  day(at: number): string;
}

function toLine({ kind, accountId, name, fact, since }: HygieneRow, { tiers, portal, day }: Words): HygieneLine {
  const line = (own: HygieneKind, reason: string): HygieneLine => ({
    kind: own,
    companyId: accountId,
    company: name,
    recordUrl: recordUrl(portal, accountId),
    reason,
  });
  const at = readCrmTime(since);
  const on = at === null ? "" : day(at);
  const tier = tiers.find(({ key }) => key === fact)?.name ?? fact;
  switch (kind) {
    case "add":
      return line("add", `Fits the ideal customer profile, first seen on ${on}, and shows intent: ${fact} points.`);
    case "no owner":
      return line("no owner", `${tier}, and nobody owns it.`);
    case "stale":
      return line("stale", `No engagement for ${fact} days.`);
    case "neglected":
      return line("neglected", `No touch by a person for ${fact} days, the interval of its tier.`);
    default:
      return line("remove", removeReasons[fact]?.(on) ?? `Excluded, first seen on ${on}.`);
  }
}

const removing =
  "What sales said of it goes with it: the verdict, the reason and the note. Its score, its tier and the plays that it is in stay. It can be added again, without the verdict.";

const removeReasons: Readonly<Record<string, (on: string) => string>> = {
  won: (on) => `Its deal was won on ${on}, and none is open.`,
  lost: (on) => `Its last deal was lost on ${on}, and none is open.`,
  profile: (on) => `Out of the ideal customer profile, first seen on ${on}.`,
};
