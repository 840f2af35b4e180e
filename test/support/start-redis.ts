import { type ChildProcess, spawn } from "node:child_process";
import { findPort } from "../../hubspot-stand-in/demo/app-process.ts";

export interface RedisServer {
  readonly url: string;
  /** SIGKILL, as a crash would; what it had told the file system is there after `restart`. */
  kill(): Promise<void>;
  /** On the same port and with the same file. */
  restart(): Promise<void>;
  stop(): void;
}

/** A port that was free a moment ago may be taken by a run beside this one: then another one is tried. */
export async function startRedis(program: string, folder: string): Promise<RedisServer> {
  for (let tries = 0; tries < 5; tries++) {
    const port = await findPort(0);
    let child = await launch(program, folder, port);
    if (!child) continue;
    return {
      url: `redis://127.0.0.1:${port}`,
      kill: () => kill(child),
      restart: async () => {
        for (let attempt = 0; ; attempt++) {
          child = await launch(program, folder, port);
          if (child) return;
          if (attempt === 20) throw new Error(`Redis does not come back on port ${port}`);
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      },
      stop: () => void child?.kill("SIGTERM"),
    };
  }
  throw new Error("Redis found no free port");
}

function kill(child: ChildProcess | null): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
}

/** Null when it did not start: the port was taken meanwhile. */
async function launch(program: string, folder: string, port: number): Promise<ChildProcess | null> {
  const options = ["--port", String(port), "--dir", folder, "--appendonly", "yes", "--save", "", "--bind", "127.0.0.1"];
  const child = spawn(program, options, { stdio: ["ignore", "pipe", "ignore"] });
  // Whatever ends us, it must not be left running alone.
  const endWithUs = () => void child.kill("SIGTERM");
  process.once("exit", endWithUs);
  child.once("exit", () => process.off("exit", endWithUs));
  const ready = await new Promise<boolean>((resolve) => {
    child.once("exit", () => resolve(false));
    child.once("error", () => resolve(false));
    child.stdout.on("data", (text: Buffer) => void (text.includes("Ready to accept") && resolve(true)));
  });
  return ready ? child : null;
}
