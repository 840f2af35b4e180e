import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";

export interface AppProcess {
  readonly url: string;
  readonly pid: number;
  /** SIGTERM, as an operator would; resolves with the exit code. */
  stop(): Promise<number>;
  /** SIGKILL, as a crash would. */
  kill(): Promise<void>;
}

export interface AppProcessOptions {
  readonly port: number;
  /** Where the app reaches HubSpot, and where people install it. */
  readonly standInUrl: string;
  readonly app: { readonly appId: number; readonly clientId: string; readonly clientSecret: string };
  readonly logFile: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Another program than this tree's server: an older or a changed version of it. */
  readonly main?: string;
}

const ownMain = path.join(import.meta.dirname, "..", "..", "server", "main.ts");

/** Keys for one run; a server that keeps its database keeps its keys too. */
export const newTokenKeys = (): string => `demo:${randomBytes(32).toString("base64")}`;

/** Starts the app's server as a process of its own, from the environment alone, and waits until it is ready. */
export async function startAppProcess(options: AppProcessOptions): Promise<AppProcess> {
  const url = `http://127.0.0.1:${options.port}`;
  const child = spawn(process.execPath, [options.main ?? ownMain], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment(options, url), ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: string[] = [];
  const log = createWriteStream(options.logFile, { flags: "a" });
  for (const stream of [child.stdout, child.stderr]) {
    stream.pipe(log, { end: false });
    stream.on("data", (chunk: Buffer) => void (said.length < 50 && said.push(chunk.toString())));
  }
  const exited = new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
  // Whatever ends us, the app must not be left running alone.
  const endWithUs = () => void child.kill("SIGTERM");
  process.once("exit", endWithUs);
  void exited.then(() => process.off("exit", endWithUs));
  await Promise.race([
    untilReady(url, child),
    exited.then((code) => {
      throw new Error(`The app's server ended with ${code} before it was ready.\n${said.join("").slice(-3_000)}`);
    }),
  ]);
  return {
    url,
    pid: child.pid ?? 0,
    stop: () => end(child, exited, "SIGTERM"),
    kill: async () => void (await end(child, exited, "SIGKILL")),
  };
}

function environment({ app, port, standInUrl }: AppProcessOptions, url: string): Record<string, string> {
  return {
    PORT: String(port),
    PUBLIC_URL: url,
    HUBSPOT_APP_ID: String(app.appId),
    HUBSPOT_CLIENT_ID: app.clientId,
    HUBSPOT_CLIENT_SECRET: app.clientSecret,
    HUBSPOT_API_URL: standInUrl,
    HUBSPOT_APP_URL: standInUrl,
  };
}

function end(child: ChildProcess, exited: Promise<number>, signal: NodeJS.Signals): Promise<number> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  return exited;
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const ready = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A free port of this machine; `wanted` when it is free. */
export function findPort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", () => (wanted === 0 ? reject(new Error("there is no free port")) : resolve(findPort(0))));
    probe.listen(wanted, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(address && typeof address === "object" ? address.port : 0));
    });
  });
}
