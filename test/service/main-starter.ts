import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { findPort } from "../../hubspot-stand-in/demo/app-process.ts";
import { send } from "./signed-request.ts";

const main = path.resolve(import.meta.dirname, "../../server/main.ts");

export interface StartedMain {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly exited: Promise<{ code: number | null; said: string }>;
  readonly url: string;
  untilReady(): Promise<void>;
}

/** Starts the program in a folder of its own that goes at the end, with whatever still runs. */
export interface MainStarter {
  readonly folder: string;
  start(env: Record<string, string | undefined>): Promise<StartedMain>;
  /** Another process of the test, to be ended with the others. */
  adopt(child: ChildProcess): void;
  stop(): Promise<void>;
}

export async function createMainStarter(): Promise<MainStarter> {
  const folder = await mkdtemp(path.join(tmpdir(), "touchstone-main-"));
  const children: ChildProcess[] = [];
  return {
    folder,
    start: async (env) => {
      const started = await startMain(folder, env);
      children.push(started.child);
      return started;
    },
    adopt: (child) => void children.push(child),
    stop: async () => {
      for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The program as an operator starts it: from nothing but its environment. */
async function startMain(folder: string, env: Record<string, string | undefined>): Promise<StartedMain> {
  const port = env.PORT ?? String(await findPort(0));
  const child = spawn(process.execPath, [main], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: port, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
  const exited = new Promise<{ code: number | null; said: string }>((resolve) =>
    child.once("close", (code) => resolve({ code, said: text })),
  );
  const url = `http://127.0.0.1:${port}`;
  const untilReady = async () => {
    const endAt = Date.now() + 40_000;
    for (;;) {
      const answer = await send(url, { method: "GET", path: "/readyz" }).catch(() => null);
      if (answer?.status === 200) return;
      if (child.exitCode !== null || Date.now() > endAt) throw new Error(`it is not ready:\n${text}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  return { child, said: () => text, exited, url, untilReady };
}
