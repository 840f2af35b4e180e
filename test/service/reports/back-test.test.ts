import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import type { ReportSection } from "@touchstone/shared/reports-api.ts";
import { saveTierPerson } from "../../../server/db/tier-people.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";
import { askReport } from "./ask-report.ts";
import { reportRecords } from "./report-records.ts";

const dayMs = 86_400_000;
const now = Date.UTC(2026, 10, 22, 12);
const ago = (days: number) => now - days * dayMs;
const iso = (days: number) => new Date(ago(days)).toISOString();

/** How many deals with the score before them were won, and lost: 10 each. */
const kinds = [
  { score: 90, band: "tier_1", won: 4, lost: 1 },
  { score: 70, band: "tier_2", won: 4, lost: 3 },
  { score: 50, band: "tier_3", won: 2, lost: 6 },
];

describe("The back-test (metric 18)", () => {
  let ctx: SmallContext;
  let section: ReportSection | null;
  beforeAll(async () => {
    ctx = await createSmallContext();
    ctx.clock.now = now;
    await ctx.install();
    const { linked, record, score, alert, verdict } = reportRecords(ctx.db, portalId);
    const closed = { createdate: iso(50), closedate: iso(20), hs_is_closed: "true" };
    const won = { ...closed, hs_is_closed_won: "true" };
    let n = 0;
    for (const kind of kinds) {
      for (const isWon of [...Array(kind.won).fill(true), ...Array(kind.lost).fill(false)] as boolean[]) {
        const account = `a${++n}`;
        // Older, then the one that counts, then what the outcome did to it.
        await score(account, 1, "tier_4", ago(100), ago(70));
        await score(account, kind.score, kind.band, ago(70), ago(50));
        await score(account, isWon ? 99 : 0, isWon ? "tier_1" : "tier_4", ago(50), null);
        await linked("deals", `d${n}`, account, isWon ? won : closed);
      }
    }
    // Scored for the first time in the moment of the deal, and never.
    await score("late", 95, "tier_1", ago(50), null);
    await linked("deals", "of late", "late", won);
    await linked("deals", "of nobody known", "never scored", closed);
    await record("deals", "without a company", won);
    // Not closed, and closed before the period.
    await score("open", 95, "tier_1", ago(80), null);
    await linked("deals", "is open", "open", { createdate: iso(50), closedate: iso(1) });
    await linked("deals", "was closed", "open", { ...won, closedate: iso(91) });
    await alert("a1", ago(60));
    await alert("a2", ago(40));
    // Of two whose 90 days ended in the period, one with a deal within them.
    for (const [account, crossed, made] of [
      ["soon", 120, 31],
      ["too late", 120, 29],
    ] as const) {
      await alert(account, ago(crossed));
      await linked("deals", `of ${account}`, account, { createdate: iso(made) });
    }
    for (const [band, isRight, at] of [
      ["tier_1", true, 5],
      ["tier_1", true, 6],
      ["tier_1", false, 7],
      ["tier_2", false, 8],
      ["tier_2", true, 91],
    ] as const)
      await verdict(`judged ${at}`, band, isRight, ago(at));
    await saveTierPerson(ctx.db, portalId, { personId: "1", side: "sales", places: { tier_1: 4, tier_2: 3 } }, "77");
    section = (await askReport(ctx, portalId, "back-test")).section;
  });
  afterAll(() => ctx?.stop());

  it("holds what was won against the score just before the deal was made, by band, and nothing that came later", () => {
    expect(section?.columns).toEqual(["All bands", "Tier 1", "Tier 2", "Tier 3", "Tier 4"]);
    expect(values("won")).toEqual([
      "10 of 20 (50 %)",
      "4 of 5 (80 %)",
      "4 of 7 (57.1 %)",
      "2 of 8 (25 %)",
      "n/a (0 of 0)",
    ]);
    expect(cells("won")[1]?.note).toBe("95 % interval 38–96 %, fewer than 30");
    expect(section?.chart?.points).toEqual([
      { x: "Tier 1 (5)", y: 80, group: "Won, %" },
      { x: "Tier 2 (7)", y: 57.1, group: "Won, %" },
      { x: "Tier 3 (8)", y: 25, group: "Won, %" },
    ]);
  });

  it("says how often the order was right, equal scores as half", () => {
    // Of 100 pairs 4 × 9.5 + 4 × 7.5 + 2 × 3 = 74.
    expect(cells("auc")[0]).toEqual({ value: "0.74", note: "10 won, 10 lost" });
    expect(values("auc").slice(1)).toEqual(["–", "–", "–", "–"]);
  });

  it("says what the places that people have would have met, of equal scores at the edge their share", () => {
    // Best 4: four fifths of 4 = 3.2, chance 2. Best 7: 4 + 2 × 4/7 = 5.14, chance 3.5.
    expect(cells("lift-tier_1")[0]).toEqual({ value: "× 1.60", note: "3.2 won of 4; of all: 10 won, 10 lost" });
    expect(cells("lift-tier_2")[0]).toEqual({ value: "× 1.47", note: "5.1 won of 7; of all: 10 won, 10 lost" });
    expect(cells("lift-tier_3")[0]).toEqual({ value: "n/a", note: "20 deals: all have a place" });
  });

  it("says what was won without ever being hot, and what became of those that were hot", () => {
    expect(values("never-hot").slice(0, 2)).toEqual(["9 of 10 (90 %)", "3 of 4 (75 %)"]);
    expect(values("hot-precision")[0]).toBe("1 of 2 (50 %)");
  });

  it("counts the verdicts of people by the band that they judged", () => {
    expect(values("called-right").slice(0, 4)).toEqual([
      "2 of 4 (50 %)",
      "2 of 3 (66.7 %)",
      "0 of 1 (0 %)",
      "n/a (0 of 0)",
    ]);
  });

  it("says which deals had no score", () => {
    expect(section?.notes[0]).toBe(
      "Of 23 closed deals 20 had a score before the deal was made. Left out: 2 whose account had none then, or none that is still kept, and 1 with no company.",
    );
  });

  it("says nothing while there is nothing, and n/a with the reason while there is little", async () => {
    const other = asPortalId(4_243);
    await ctx.install(other);
    expect((await askReport(ctx, other, "back-test")).section).toBeNull();
    await reportRecords(ctx.db, other).verdict("somebody", "gone", true, ago(1));
    const few = (await askReport(ctx, other, "back-test")).section;
    expect(few?.columns.at(-1)).toBe("Bands of other models");
    const firsts = few?.rows.map(({ key, cells: [first] }) => [key, first?.value, first?.note]);
    expect(firsts).toEqual([
      ["won", "n/a (0 of 0)", ""],
      ["auc", "n/a", "0 won, 0 lost: too few"],
      ["lift-tier_1", "n/a", "0 deals: all have a place"],
      ["lift-tier_2", "n/a", "0 deals: all have a place"],
      ["lift-tier_3", "n/a", "0 deals: all have a place"],
      ["never-hot", "n/a (0 of 0)", ""],
      ["hot-precision", "n/a (0 of 0)", ""],
      ["called-right", "1 of 1 (100 %)", "95 % interval 21–100 %, fewer than 30"],
    ]);
    expect(few?.chart).toBeNull();
  });

  const cells = (key: string) => section?.rows.find((row) => row.key === key)?.cells ?? [];
  const values = (key: string) => cells(key).map(({ value }) => value);
});
