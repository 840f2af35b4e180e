import { describe, expect, it } from "@jest/globals";
import { asAccountId } from "@touchstone/shared/ids.ts";
import type { ReadyAccount } from "../../../server/db/call-list.ts";
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
const ready = (accountId: string) => ({
  accountId,
  name: null,
  tier: null,
  score: null,
  readiness: 5,
  touched: false,
});
const all = (accounts: readonly ReadyAccount[]) => ({ accounts, areAll: true });
const nobody = { alerts: [], clocks: { hot: 0, over: 0 }, ready: all([]), now, most: 50 };

describe("The order of the day", () => {
  it("puts the clock with the least time first, then the one that ran out last, then calls as they come", () => {
    const alerts = [alert("1", 20), alert("2", 2), alert("3", -30), alert("4", -1)];
    const { lines, calls } = rankToday({ ...nobody, alerts, ready: all([ready("6"), ready("5")]) });
    expect(lines.map(({ accountId, kind }) => `${accountId} ${kind}`)).toEqual([
      "2 hot",
      "1 hot",
      "4 over",
      "3 over",
      "6 call",
      "5 call",
    ]);
    expect(calls).toBe(2);
  });

  it("leaves out of the calls whoever was reached out to, and counts them", () => {
    const ranked = rankToday({ ...nobody, ready: all([{ ...ready("5"), touched: true }, ready("6"), ready("7")]) });
    expect(ranked.lines.map(({ accountId }) => accountId)).toEqual(["6", "7"]);
    expect([ranked.inWork, ranked.lookedAt]).toEqual([1, null]);
  });

  it("shows no more than it may, and knows how many calls and clocks there are", () => {
    const some = { ready: all(["5", "6", "7"].map(ready)), alerts: [alert("1", 5)], clocks: { hot: 60, over: 3 } };
    const ranked = rankToday({ ...nobody, ...some, most: 2 });
    expect([ranked.lines.length, ranked.calls, ranked.hot, ranked.over]).toEqual([2, 3, 60, 3]);
  });

  it("knows when it looked at a part of the ready accounts only", () => {
    const ranked = rankToday({ ...nobody, ready: { accounts: ["5", "6"].map(ready), areAll: false } });
    expect([ranked.calls, ranked.lookedAt]).toEqual([2, 2]);
  });
});
