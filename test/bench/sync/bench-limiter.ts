import { startBenchDatabase } from "../support/bench-database.ts";
import { say, verdict } from "../support/figures.ts";
import { type LimiterFigures, measureLimiter } from "./measure-limiter.ts";

const goals = { used: 0.85, liveP99: 1.5 } as const;

/** How much of HubSpot's limit is used, without a 429, and what live calls wait for it (performance.md §5). */
export async function benchLimiter(isQuick: boolean): Promise<void> {
  const postgres = await startBenchDatabase();
  try {
    const busyS = isQuick ? 32 : 62;
    const load = { idleS: isQuick ? 10 : 30, busyS, greedy: 2 };
    report(busyS, await measureLimiter(await postgres.create("limiter"), load));
  } finally {
    await postgres.stop();
  }
}

function report(seconds: number, figures: LimiterFigures): void {
  const { accepted, most, countedS, refused, busyP99, idleP99, liveCalls } = figures;
  const used = accepted / most;
  const ratio = busyP99 / idleP99;
  say(`limiter: 2 × endless backfill and a live call a second for ${seconds} s; one of the two killed half-way`);
  say(
    `  used in ${countedS} s: ${accepted} of ${most} = ${(used * 100).toFixed(1)} % (goal ${goals.used * 100} %): ${verdict(used >= goals.used)}`,
  );
  say(`  answered 429: ${refused} (goal 0): ${verdict(refused === 0)}`);
  say(
    `  live call p99: ${busyP99} ms ÷ idle ${idleP99} ms = ${ratio.toFixed(2)} (goal ${goals.liveP99}), ${liveCalls} calls: ${verdict(ratio <= goals.liveP99)}`,
  );
}
