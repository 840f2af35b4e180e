import { describe, expect, it } from "@jest/globals";
import { asAccountId } from "@touchstone/shared/ids.ts";
import type { HotAlert } from "../../../server/db/hot-alerts.ts";
import { rankToday } from "../../../server/programme/home/rank-today.ts";

const hourMs = 3_600_000;
const now = Date.UTC(2026, 10, 3, 9);

const alert = (id: string, dueInHours: number): HotAlert => ({
  accountId: asAccountId(id),
  crossedAt: now - 24 * hourMs,
  dueAt: now + dueInHours * hourMs,
  state: "open",
  trigger: "demo_request",
  readiness: null,
  route: "sales",
  outreachAt: null,
  outreachKind: null,
  excuse: null,
  excuseNote: null,
  taskState: "made",
});
const ready = (accountId: string) => ({ accountId, name: null, tier: null, score: null, readiness: 5 });
const touched = (id: string, daysAgo: number) => [id, { at: now - daysAgo * 24 * hourMs, kind: "call" }] as const;
const nobody = { alerts: [], ready: [], touches: new Map(), now, most: 50 };

describe("The order of the day", () => {
  it("puts the clock with the least time first, then the one that ran out last, then calls as they come", () => {
    const alerts = [alert("1", 20), alert("2", 2), alert("3", -30), alert("4", -1)];
    const { lines, hot, over, calls } = rankToday({ ...nobody, alerts, ready: [ready("6"), ready("5")] });
    expect(lines.map(({ accountId, kind }) => `${accountId} ${kind}`)).toEqual([
      "2 hot",
      "1 hot",
      "4 over",
      "3 over",
      "6 call",
      "5 call",
    ]);
    expect([hot, over, calls]).toEqual([2, 2, 2]);
  });

  it("leaves out of the calls whoever was reached out to within seven days, and counts them", () => {
    const touches = new Map([touched("5", 6.9), touched("6", 7.1)]);
    const ranked = rankToday({ ...nobody, touches, ready: [ready("5"), ready("6"), ready("7")] });
    expect(ranked.lines.map(({ accountId }) => accountId)).toEqual(["6", "7"]);
    expect(ranked.inWork).toBe(1);
  });

  it("leaves a running clock in its place although somebody reached out before it began", () => {
    const ranked = rankToday({ ...nobody, alerts: [alert("1", 5)], touches: new Map([touched("1", 2)]) });
    expect(ranked.lines).toHaveLength(1);
  });

  it("shows no more than it may, and knows how many there are", () => {
    const ranked = rankToday({ ...nobody, ready: ["5", "6", "7"].map(ready), most: 2 });
    expect([ranked.lines.length, ranked.calls]).toEqual([2, 3]);
  });
});
