import { describe, expect, it } from "@jest/globals";
import { dayOf } from "@touchstone/shared/day-of.ts";
import { createReaderFormat } from "@touchstone/shared/reader-format.ts";
import { stageOf } from "@touchstone/shared/stage-of.ts";
import { writeStages } from "../../../server/reports/write-stages.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const midnight = Date.UTC(2026, 5, 1);

describe("Stuck accounts in reports (row 107)", () => {
  const zones = ["UTC", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago"];
  const hours = zones.flatMap((zone) => [0, 1, 12, 23.999].map((hour) => [hour, zone] as const));
  it.each(hours)("are stuck on the card too, when they came into their stage at hour %d in %s", (hour, timeZone) => {
    const since = midnight + hour * hourMs;
    const times = Array.from({ length: 5 * 24 }, (_, hours) => midnight + 59 * dayMs + hours * hourMs);
    const [card, report] = [
      times.filter((now) => isStuckOnCard(since, now)),
      times.filter((now) => isStuck(since, now, timeZone)),
    ];
    expect(Math.min(card.length, report.length)).toBeGreaterThan(0);
    expect(report.filter((now) => !card.includes(now))).toEqual([]);
    expect((report[0] ?? 0) - (card[0] ?? 0)).toBeLessThanOrEqual(dayMs);
  });

  /** On the list and nothing more: awareness, 60 days at most. */
  const isStuckOnCard = (listedAt: number, now: number) => stageOf({ listedAt, signals: [], deals: [] }, now).stuck;

  function isStuck(since: number, now: number, timeZone: string): boolean {
    const told = { stage: "awareness", since: dayOf(since, timeZone) };
    const { rows } = writeStages({
      tiers: [],
      members: [{ accountId: "A", tier: "tier_1" }],
      now,
      timeZone,
      stages: new Map([["A", told]]),
      atStart: [],
      startedWith: 0,
      from: now - 90 * dayMs,
      format: createReaderFormat({ locale: "en-GB", timeZone: "UTC" }),
    });
    return rows.find(({ key }) => key === "stuck")?.cells[0]?.value === "1 of 1 (100 %)";
  }
});
