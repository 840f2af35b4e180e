import { describe, expect, it } from "@jest/globals";
import type { Backfill } from "../../../server/db/backfills.ts";
import { toBackfillView } from "../../../server/install/to-backfill-view.ts";

const now = 1_795_341_600_000;
const row = (over: Partial<Backfill>): Backfill => ({
  objectType: "contacts",
  pageAfter: null,
  startedNo: 1,
  done: 0,
  total: 0,
  finishedAt: null,
  perSecond: 0,
  ...over,
});
const ended = (at: number, done: number) => row({ done, total: done, finishedAt: new Date(at), perSecond: 0.01 });

describe("the progress of the first reading", () => {
  it("tells rate and end from the types that are still read", () => {
    const view = toBackfillView([ended(now - 1, 500), row({ done: 1_000, total: 9_000, perSecond: 800 })], now);
    expect(view).toEqual({ done: 1_500, total: 9_500, perSecond: 800, endsAt: now + 10_000, finishedAt: null });
  });

  it("promises no end before there is a pace, or without the totals", () => {
    expect(toBackfillView([row({ total: 100 })], now)).toMatchObject({ endsAt: null, total: 100 });
    const uncounted = [row({ total: null, perSecond: 10 }), ended(now, 5)];
    expect(toBackfillView(uncounted, now)).toMatchObject({ endsAt: null, total: null, perSecond: 10 });
  });

  it("ends now, not in the past, when more came than was counted", () => {
    expect(toBackfillView([row({ done: 120, total: 100, perSecond: 10 })], now)?.endsAt).toBe(now);
  });

  it("is over when the last type is", () => {
    const view = toBackfillView([ended(now - 5, 100), ended(now - 2, 7)], now);
    expect(view).toEqual({ done: 107, total: 107, perSecond: 0, endsAt: null, finishedAt: now - 2 });
  });
});
