import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startBenchDatabase } from "../support/bench-database.ts";
import { percentile, say, verdict } from "../support/figures.ts";

const limit = { requests: 110, windowMs: 10_000 } as const;
const goals = { used: 0.85, liveP99: 1.5 } as const;

/**
 * The request budget against a server that enforces a strict rolling 110 in 10 s and answers in 120 to 220 ms: two
 * processes with endless demand of the lowest class, one with a live call a second. One of the two is killed while it holds
 * grants (performance.md §5).
 */
export async function benchLimiter(isQuick: boolean): Promise<void> {
  const seconds = { idle: isQuick ? 10 : 30, busy: isQuick ? 32 : 62 };
  const postgres = await startBenchDatabase();
  const hubspot = await startStrictServer();
  try {
    const base = ["--database", await postgres.create("limiter"), "--url", hubspot.url];
    const live = (length: number) =>
      start([...base, "--class", "webhook", "--seconds", String(length), "--everyMs", "1000"]);
    const idle = await live(seconds.idle).lines;
    await sleep(limit.windowMs);
    hubspot.reset();
    const greedy = (more: readonly string[]) => start([...base, "--seconds", String(seconds.busy), ...more]);
    const [killed, other, busy] = [
      greedy(["--lanes", "2", "--atOnce", "5"]),
      greedy(["--lanes", "12"]),
      live(seconds.busy),
    ];
    await sleep((seconds.busy * 1000) / 2);
    killed.child.kill("SIGKILL");
    await Promise.all([killed.lines, other.lines]);
    report(seconds.busy, hubspot, idle, await busy.lines);
  } finally {
    hubspot.stop();
    await postgres.stop();
  }
}

interface Line {
  readonly status: number;
  readonly ms: number;
}

interface StrictServer {
  readonly url: string;
  readonly counts: { accepted: number; refused: number };
  reset(): void;
  stop(): void;
}

function report(seconds: number, { counts }: StrictServer, idle: readonly Line[], busy: readonly Line[]): void {
  const most = limit.requests * Math.ceil((seconds * 1000) / limit.windowMs);
  const used = counts.accepted / most;
  const [idleP99, busyP99] = [idle, busy].map((lines) =>
    percentile(
      lines.map(({ ms }) => ms),
      0.99,
    ),
  );
  const ratio = (busyP99 ?? Number.NaN) / (idleP99 ?? Number.NaN);
  say(`limiter: 2 × endless backfill and a live call a second for ${seconds} s; one of the two killed half-way`);
  say(
    `  used: ${counts.accepted} of ${most} = ${(used * 100).toFixed(1)} % (goal ${goals.used * 100} %): ${verdict(used >= goals.used)}`,
  );
  say(`  answered 429: ${counts.refused} (goal 0): ${verdict(counts.refused === 0)}`);
  say(
    `  live call p99: ${busyP99} ms ÷ idle ${idleP99} ms = ${ratio.toFixed(2)} (goal ${goals.liveP99}), ${busy.length} calls: ${verdict(ratio <= goals.liveP99)}`,
  );
}

function start(args: readonly string[]): { child: ChildProcess; lines: Promise<Line[]> } {
  const script = path.join(import.meta.dirname, "limiter-client.ts");
  const child = spawn(process.execPath, ["--no-warnings", script, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  const lines = new Promise<Line[]>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code !== 0 && child.signalCode === null) return reject(new Error(`a client ended with ${code}`));
      resolve(text.split("\n").filter(Boolean).map(toLine));
    });
  });
  return { child, lines };
}

function toLine(text: string): Line {
  const [status = 0, ms = 0] = text.split(" ").map(Number);
  return { status, ms };
}

async function startStrictServer(): Promise<StrictServer> {
  let times: number[] = [];
  const counts = { accepted: 0, refused: 0 };
  const server = createServer((_request, response) => {
    const now = performance.now();
    times = times.filter((at) => at > now - limit.windowMs);
    const isRefused = times.length >= limit.requests;
    if (!isRefused) times.push(now);
    counts[isRefused ? "refused" : "accepted"] += 1;
    setTimeout(() => response.writeHead(isRefused ? 429 : 200).end(), 120 + Math.random() * 100);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    reset: () => {
      counts.accepted = 0;
      counts.refused = 0;
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
