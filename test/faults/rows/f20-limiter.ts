import path from "node:path";
import { measureLimiter } from "../../bench/sync/measure-limiter.ts";
import { cloneTemplate } from "../../support/test-database.ts";
import { count, type Figures, none, worst } from "../figures.ts";
import type { Row, Trial } from "../row.ts";

const greedy = [3, 5, 8] as const;
const seconds = { idle: 20, busy: 60 } as const;

/** Many processes share one portal's limit, and one of them dies with grants in its hands. */
export const f20: Row = {
  name: "F20",
  description: "the request limit shared by 3, 5 and 8 processes, one killed",
  seeds: 3,
  // The budget lives in PostgreSQL whatever the queue is.
  backends: ["postgres"],
  run: share,
};

async function share({ seed, size, main }: Trial): Promise<Figures> {
  const database = await cloneTemplate();
  try {
    const processes = greedy[seed % greedy.length] ?? 3;
    const isShort = size.faults < 1;
    const server = main === null ? {} : { server: path.dirname(main) };
    const load = {
      idleS: isShort ? 10 : seconds.idle,
      busyS: isShort ? 30 : seconds.busy,
      greedy: processes,
      ...server,
    };
    const { accepted, most, refused, liveCalls, idleP99, busyP99 } = await measureLimiter(database.url, load);
    return {
      processes: count(processes + 1),
      requests: count(accepted),
      "answered 429": none(refused),
      "share of the limit used": { value: accepted / most, across: "most", atLeast: 0.85 },
      "live calls": count(liveCalls),
      "live p99 per idle p99": worst(busyP99 / idleP99, 1.5),
    };
  } finally {
    await database.drop();
  }
}
