import type { Context } from "../context.ts";
import { readClosedDeals } from "../db/closed-deals.ts";
import { countHotOutcomes, readHotBefore } from "../db/hot-outcomes.ts";
import { readActiveBands } from "../db/portal-models.ts";
import { readScoresThen } from "../db/scores-then.ts";
import { countVerdicts } from "../db/verdicts.ts";
import { type Asked, mostDeals } from "./report-cells.ts";
import { outcomeMs } from "./write-back-test.ts";

type Parts = Pick<Context, "db">;

/** Deals that were won or lost in the period, each with the score that its account had before the deal was made. */
export async function readBackTest({ db }: Parts, { portalId, from, now }: Asked) {
  const hotSpan = { from: from - outcomeMs, to: now - outcomeMs, withinMs: outcomeMs, most: mostDeals };
  const [closed, bands, verdicts, hotOutcomes] = await Promise.all([
    readClosedDeals(db, portalId, { from, to: now, most: mostDeals }),
    readActiveBands(db, portalId),
    countVerdicts(db, portalId, from, now),
    countHotOutcomes(db, portalId, hotSpan),
  ]);
  const known = closed.deals.flatMap(({ accountId, madeAt, isWon }) =>
    accountId === null ? [] : [{ accountId, at: madeAt, isWon }],
  );
  const [scores, hot] = await Promise.all([readScoresThen(db, portalId, known), readHotBefore(db, portalId, known)]);
  const scored = known.flatMap(({ isWon }, index) => {
    const then = scores[index] ?? null;
    return then === null ? [] : [{ ...then, isWon, wasHot: hot[index] === true }];
  });
  return {
    closed: { deals: closed.deals.length, isCut: closed.isCut, withoutAccount: closed.deals.length - known.length },
    scored,
    bands: bands.find(({ purpose }) => purpose === "priority")?.bands ?? [],
    verdicts,
    hotOutcomes,
  };
}
