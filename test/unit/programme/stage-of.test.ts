import { describe, expect, it } from "@jest/globals";
import { type StageEvidence, stageOf } from "@touchstone/shared/stage-of.ts";

const day = 86_400_000;
const now = 1_000 * day;
const nothing: StageEvidence = { listedAt: null, signals: [], deals: [] };
const did = (kind: string, personId: string, daysAgo: number) => ({ kind, personId, firstAt: now - daysAgo * day });

describe("The stage of an account (row 107)", () => {
  it("is awareness until somebody opens or visits, and stuck after 60 days on the list", () => {
    expect(stageOf({ ...nothing, listedAt: now - 60 * day }, now)).toMatchObject({
      stage: "awareness",
      days: 60,
      stuck: false,
    });
    expect(stageOf({ ...nothing, listedAt: now - 61 * day }, now)).toMatchObject({ stage: "awareness", stuck: true });
    expect(stageOf(nothing, now)).toMatchObject({ stage: "awareness", since: null, stuck: false });
  });

  it("is interest from the first visit on", () => {
    const signals = [did("page_visit", "1", 3), did("email_open", "1", 9)];
    expect(stageOf({ ...nothing, signals }, now)).toMatchObject({ stage: "interest", since: now - 9 * day });
  });

  it("is consideration when several people engaged and one showed explicit interest, from when both held", () => {
    const one = [did("email_open", "1", 20), did("content_download", "1", 15)];
    expect(stageOf({ ...nothing, signals: one }, now).stage).toBe("interest");
    const two = [...one, did("page_visit", "2", 7)];
    expect(stageOf({ ...nothing, signals: two }, now)).toMatchObject({ stage: "consideration", since: now - 7 * day });
  });

  it("is decision while a deal is open, whatever else was seen, and stuck after 60 days", () => {
    const deals = [{ openedAt: now - 61 * day, wonAt: null, isOpen: true }];
    expect(stageOf({ ...nothing, deals }, now)).toMatchObject({ stage: "decision", days: 61, stuck: true });
  });

  it("is expansion from the first deal that was won, and never stuck", () => {
    const deals = [
      { openedAt: now - 900 * day, wonAt: now - 800 * day, isOpen: false },
      { openedAt: now - 9 * day, wonAt: null, isOpen: true },
    ];
    expect(stageOf({ ...nothing, deals }, now)).toMatchObject({ stage: "expansion", days: 800, stuck: false });
  });

  it("falls back when a deal was lost and nothing else was seen", () => {
    const deals = [{ openedAt: now - 9 * day, wonAt: null, isOpen: false }];
    expect(stageOf({ ...nothing, deals }, now).stage).toBe("awareness");
  });
});
