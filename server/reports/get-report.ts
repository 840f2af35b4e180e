import type { PortalId } from "@touchstone/shared/ids.ts";
import { createReaderFormat } from "@touchstone/shared/reader-format.ts";
import { type ReportDays, type ReportKey, type ReportView, reportDays } from "@touchstone/shared/reports-api.ts";
import { z } from "zod";
import type { Context } from "../context.ts";
import { findPortal } from "../db/portals.ts";
import { readProgrammeMembers } from "../db/report-facts.ts";
import { readTierTraits } from "../db/tier-traits.ts";
import { BadRequest, PortalDisconnected } from "../errors.ts";
import { readBackTest } from "./read-back-test.ts";
import {
  readCommittees,
  readDealsFacts,
  readFollowUp,
  readList,
  readPipeline,
  readPlays,
  readReach,
  readStages,
} from "./read-facts.ts";
import { type Asked, mostAccounts, type Worded } from "./report-cells.ts";
import { type BackTestFacts, writeBackTest } from "./write-back-test.ts";
import { writeCommittees } from "./write-committees.ts";
import { writeDeals } from "./write-deals.ts";
import { writeFollowUp } from "./write-follow-up.ts";
import { writeList } from "./write-list.ts";
import { writePipeline } from "./write-pipeline.ts";
import { writePlays } from "./write-plays.ts";
import { writeReach } from "./write-reach.ts";
import { writeStages } from "./write-stages.ts";

type Parts = Pick<Context, "db" | "now">;

const dayMs = 86_400_000;
const usualDays: ReportDays = 90;

const querySchema = z.object({
  days: z.coerce
    .number()
    .pipe(z.literal([...reportDays]))
    .default(usualDays),
});

/** Accounts in a tier are what it is about; without any there is nothing to say. */
const aboutAccounts: readonly ReportKey[] = ["reach", "committees", "stages"];
/** Others say where things stand now. */
const overPeriod: readonly ReportKey[] = ["reach", "follow-up", "pipeline", "deals", "back-test"];

/** The places of each tier, which the tiers themselves tell. */
type ReadCaps = (ctx: Parts, portalId: PortalId) => Promise<BackTestFacts["caps"]>;

const sections: Readonly<Record<ReportKey, (ctx: Parts, asked: Asked, readCaps: ReadCaps) => Promise<Worded | null>>> =
  {
    reach: async (ctx, asked) => writeReach({ ...asked, ...(await readReach(ctx, asked)) }),
    "follow-up": async (ctx, asked) => writeFollowUp({ ...asked, ...(await readFollowUp(ctx, asked)) }),
    committees: async (ctx, asked) => writeCommittees({ ...asked, ...(await readCommittees(ctx, asked)) }),
    stages: async (ctx, asked) => writeStages({ ...asked, ...(await readStages(ctx, asked)) }),
    plays: async (ctx, asked) => writePlays({ ...asked, ...(await readPlays(ctx, asked)) }),
    list: async (ctx, asked) => writeList({ ...asked, ...(await readList(ctx, asked)) }),
    pipeline: async (ctx, asked) => writePipeline({ ...asked, ...(await readPipeline(ctx, asked)) }),
    deals: async (ctx, asked) => writeDeals({ ...asked, ...(await readDealsFacts(ctx, asked)) }),
    "back-test": async (ctx, asked, readCaps) => {
      const [facts, caps] = await Promise.all([readBackTest(ctx, asked), readCaps(ctx, asked.portalId)]);
      return writeBackTest({ ...facts, caps });
    },
  };

/** One part of whether the programme works, over the last 30, 90 or 180 days (market.md §5). A fixed number of queries. */
export async function getReport(
  ctx: Parts,
  portalId: PortalId,
  key: ReportKey,
  query: unknown,
  readCaps: ReadCaps,
): Promise<ReportView> {
  const parsed = querySchema.safeParse(query);
  if (!parsed.success) throw new BadRequest(`A period is one of ${reportDays.join(", ")} days.`);
  const { days } = parsed.data;
  const asked = await readAsked(ctx, portalId, days);
  if (asked.total === 0 && aboutAccounts.includes(key))
    return { days, section: null, empty: key === "reach" ? noProgramme : null };
  const section = await sections[key](ctx, asked, readCaps);
  if (section === null) return { days, section, empty: null };
  const notes = aboutAccounts.includes(key) ? [...leftOut(asked), ...section.notes] : section.notes;
  return { days, section: { ...section, notes, when: whenOf(asked, overPeriod.includes(key)) }, empty: null };
}

async function readAsked(ctx: Parts, portalId: PortalId, days: number): Promise<Asked> {
  const now = ctx.now();
  const [portal, tiers] = await Promise.all([findPortal(ctx.db, portalId), readTierTraits(ctx.db, portalId)]);
  if (!portal) throw new PortalDisconnected(`portal ${portalId} is not installed`);
  const { timeZone, currency } = portal;
  const keys = tiers.map((tier) => tier.key);
  const { members, total } = await readProgrammeMembers(ctx.db, portalId, keys, mostAccounts);
  const format = createReaderFormat({ locale: "en-GB", timeZone });
  return { portalId, tiers, members, total, from: now - days * dayMs, now, timeZone, currency, format };
}

const noProgramme = {
  title: "No account is in a tier yet",
  text: "Reports count accounts that hold a place in a tier. Places are given as soon as the accounts are scored.",
};

const leftOut = ({ members, total }: Asked): string[] =>
  members.length < total
    ? [`Counted are ${members.length} of ${total} accounts in a tier, the first tiers first.`]
    : [];

const whenOf = ({ from, now, timeZone, format }: Asked, isPeriod: boolean): string =>
  isPeriod ? `${format.day(from)} to ${format.day(now)} (${timeZone})` : `As of ${format.moment(now)} (${timeZone})`;
