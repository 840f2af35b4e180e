import { setTimeout as sleep, setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { classes } from "../../../server/db/budgets.ts";
import type { Budget, BudgetKind, Priority } from "../../../server/hubspot/hubspot-options.ts";
import { takeInTurn } from "../../../server/hubspot/take-in-turn.ts";

const portalId = asPortalId(4_242);

/** A budget whose answers the test gives, one after the other. */
function askedBudget() {
  const open: { asked: string; answer: PromiseWithResolvers<number> }[] = [];
  const asked: string[] = [];
  const ask: Budget["take"] = (portal, kind, n, priority) => {
    const name = `${portal === portalId ? "" : `${portal} `}${kind === "general" ? "" : `${kind} `}${priority} ${n}`;
    const answer = Promise.withResolvers<number>();
    open.push({ asked: name, answer });
    asked.push(name);
    return answer.promise;
  };
  const inTurn = takeInTurn(ask, classes);
  const take = (priority: Priority, n = 1, portal = portalId, kind: BudgetKind = "general") =>
    inTurn(portal, kind, n, priority);
  const next = () => {
    const first = open.shift();
    if (!first) throw new Error("nothing is asked");
    return first.answer;
  };
  /** Gives the answer and lets everybody act on it. */
  const answer = async (waitMs: number) => {
    next().resolve(waitMs);
    await turn();
  };
  return { asked, take, answer, next };
}

describe("the line for a portal's budget", () => {
  it("asks for one at a time, the most urgent first and those of a class as they came", async () => {
    const { asked, take, answer } = askedBudget();
    const took: string[] = [];
    const all = (["backfill", "due", "reconcile", "webhook", "card", "webhook"] as const).map(
      async (priority, place) => {
        await take(priority);
        took.push(`${priority} ${place}`);
      },
    );
    expect(asked).toEqual(["backfill 1"]);
    for (const _ of all) await answer(0);
    await Promise.all(all);
    expect(took).toEqual(["backfill 0", "card 4", "webhook 3", "webhook 5", "due 1", "reconcile 2"]);
  });

  it("lets somebody more urgent who comes later go before those who stand there", async () => {
    const { asked, take, answer } = askedBudget();
    const all = [take("backfill"), take("backfill"), take("backfill")];
    all.push(take("card"));
    await answer(0);
    expect(asked).toEqual(["backfill 1", "card 1"]);
    for (const _ of [1, 2, 3]) await answer(0);
    expect(await Promise.all(all)).toEqual([0, 0, 0, 0]);
  });

  it("tells a refusal to all of the class who want no less, without asking again", async () => {
    const { asked, take, answer } = askedBudget();
    const refused = [take("backfill", 2), take("backfill", 2), take("backfill", 5)];
    await answer(9_000);
    const [first, ...others] = await Promise.all(refused);
    expect(first).toBe(9_000);
    for (const wait of others) expect(wait).toBeGreaterThan(8_000);
    for (const wait of others) expect(wait).toBeLessThanOrEqual(9_000);
    expect(asked).toEqual(["backfill 2"]);
  });

  it("asks for whoever wants less than was refused, and for other classes: their floors may be free", async () => {
    const { asked, take, answer } = askedBudget();
    const all = [take("due", 5), take("due", 1), take("backfill", 5), take("card", 5)];
    await answer(9_000);
    for (const _ of [1, 2, 3]) await answer(0);
    expect(await Promise.all(all)).toEqual([9_000, 0, 0, 0]);
    expect(asked).toEqual(["due 5", "card 5", "due 1", "backfill 5"]);
  });

  it("asks again as soon as the wait is over", async () => {
    const { take, answer } = askedBudget();
    const early = take("backfill");
    await answer(20);
    expect(await early).toBe(20);
    await sleep(25);
    const later = take("backfill");
    await answer(0);
    expect(await later).toBe(0);
  });

  it("is each portal's own, and each kind's", async () => {
    const { asked, take, answer } = askedBudget();
    const all = [take("backfill"), take("backfill", 1, asPortalId(7)), take("backfill", 1, portalId, "search")];
    expect(asked).toEqual(["backfill 1", "7 backfill 1", "search backfill 1"]);
    for (const _ of all) await answer(0);
    expect(await Promise.all(all)).toEqual([0, 0, 0]);
  });

  it("tells a failure to all who stand behind, and asks anew for whoever comes then", async () => {
    const { asked, take, answer, next } = askedBudget();
    const all = Promise.allSettled([take("backfill"), take("card"), take("due")]);
    next().reject(new Error("the database is away"));
    expect((await all).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(asked).toEqual(["backfill 1"]);
    const later = take("due");
    await answer(0);
    expect(await later).toBe(0);
  });

  it("asks again for whoever comes after a refusal that a pause of HubSpot's made: it may be over", async () => {
    const { asked, take, answer } = askedBudget();
    const first = take("backfill");
    await answer(3_600_000);
    expect(await first).toBe(3_600_000);
    const second = take("backfill");
    await answer(0);
    expect(await second).toBe(0);
    expect(asked).toEqual(["backfill 1", "backfill 1"]);
  });
});
