import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { percentile } from "../support/figures.ts";

const limit = { requests: 110, windowMs: 10_000 } as const;
/**
 * Five windows of our own budget (10.2 s each, server/db/budgets.ts), from the first call that was let through: the share of
 * the limit that is used in the long run. Over any other time it depends on how much of a window the end cuts off.
 */
const countedMs = 51_000;
const countedQuickMs = 20_400;

export interface LimiterLoad {
  readonly idleS: number;
  readonly busyS: number;
  /** Processes with endless demand of the lowest class; the first one is killed half-way, while it holds grants. */
  readonly greedy: number;
  /** The folder of the server whose budget it is; absent: this tree's. */
  readonly server?: string;
}

export interface LimiterFigures {
  readonly accepted: number;
  /** What a strict rolling window lets through in the long run in the time that was counted. */
  readonly most: number;
  readonly countedS: number;
  readonly refused: number;
  readonly liveCalls: number;
  readonly idleP99: number;
  readonly busyP99: number;
}

/**
 * The request budget against a server that enforces a strict rolling 110 in 10 s and answers in 120 to 220 ms: processes
 * with endless demand, and one with a live call a second (performance.md §5).
 */
export async function measureLimiter(databaseUrl: string, load: LimiterLoad): Promise<LimiterFigures> {
  const hubspot = await startStrictServer();
  try {
    const base = ["--database", databaseUrl, "--url", hubspot.url, ...(load.server ? ["--server", load.server] : [])];
    const live = (seconds: number) =>
      start([...base, "--class", "webhook", "--seconds", String(seconds), "--everyMs", "1000"]);
    const alone = live(load.idleS);
    await begin([alone]);
    const idle = await alone.lines;
    await sleep(limit.windowMs);
    hubspot.reset();
    const greedy = (more: readonly string[]) => start([...base, "--seconds", String(load.busyS), ...more]);
    const killed = greedy(["--lanes", "2", "--atOnce", "5"]);
    const others = Array.from({ length: load.greedy - 1 }, () => greedy(["--lanes", "12"]));
    const busy = live(load.busyS);
    await begin([killed, ...others, busy]);
    await sleep((load.busyS * 1000) / 2);
    killed.child.kill("SIGKILL");
    await Promise.all([killed, ...others].map(({ lines }) => lines));
    const calls = await busy.lines;
    const countMs = load.busyS * 1000 > countedMs ? countedMs : countedQuickMs;
    return {
      accepted: hubspot.acceptedWithin(countMs),
      refused: hubspot.refused(),
      most: (limit.requests * countMs) / limit.windowMs,
      countedS: countMs / 1000,
      liveCalls: calls.length,
      idleP99: p99Of(idle),
      busyP99: p99Of(calls),
    };
  } finally {
    hubspot.stop();
  }
}

const readyLine = "ready\n";

const p99Of = (lines: readonly Line[]): number =>
  percentile(
    lines.map(({ ms }) => ms),
    0.99,
  );

interface Line {
  readonly status: number;
  readonly ms: number;
}

interface StrictServer {
  readonly url: string;
  /** Calls let through in this time from the first one since `reset`. */
  acceptedWithin(ms: number): number;
  refused(): number;
  reset(): void;
  stop(): void;
}

interface Client {
  readonly child: ChildProcess;
  /** Resolves when it has connected to all that it needs. */
  readonly ready: Promise<void>;
  readonly lines: Promise<Line[]>;
}

/** All of them at the same moment, and none before the last of them is ready. */
async function begin(clients: readonly Client[]): Promise<void> {
  await Promise.all(clients.map(({ ready, lines }) => Promise.race([ready, lines])));
  for (const { child } of clients) child.stdin?.write("\n");
}

function start(args: readonly string[]): Client {
  const script = path.join(import.meta.dirname, "limiter-client.ts");
  const child = spawn(process.execPath, ["--no-warnings", script, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  let text = "";
  const ready = Promise.withResolvers<void>();
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString();
    if (text.startsWith(readyLine)) ready.resolve();
  });
  const lines = new Promise<Line[]>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code !== 0 && child.signalCode === null) return reject(new Error(`a client ended with ${code}`));
      resolve(text.slice(readyLine.length).split("\n").filter(Boolean).map(toLine));
    });
  });
  return { child, ready: ready.promise, lines };
}

function toLine(text: string): Line {
  const [status = 0, ms = 0] = text.split(" ").map(Number);
  return { status, ms };
}

async function startStrictServer(): Promise<StrictServer> {
  let times: number[] = [];
  let accepted: number[] = [];
  let refused = 0;
  const server = createServer(({ url }, response) => {
    if (url === "/warm") return void response.end();
    const now = performance.now();
    times = times.filter((at) => at > now - limit.windowMs);
    const isRefused = times.length >= limit.requests;
    if (isRefused) refused += 1;
    else {
      times.push(now);
      accepted.push(now);
    }
    setTimeout(() => response.writeHead(isRefused ? 429 : 200).end(), 120 + Math.random() * 100);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    acceptedWithin: (ms) => accepted.filter((at) => at < (accepted[0] ?? 0) + ms).length,
    refused: () => refused,
    reset: () => {
      accepted = [];
      refused = 0;
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
