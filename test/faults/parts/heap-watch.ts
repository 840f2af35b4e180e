import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { AppProcess } from "../../../hubspot-stand-in/demo/app-process.ts";

/** How much a server's memory grows: what it holds late against what it held before, each time after its garbage was collected. */
export interface HeapWatch {
  look(): Promise<void>;
  /** 1: as much in the last third of the looks as in the second one; in the first one a program is still warming up. */
  growth(): number;
  stop(): void;
}

/** A process that is to be watched is started with this: its inspector listens on a free port, and only once it is asked to. */
export const watchable = { NODE_OPTIONS: "--inspect-port=127.0.0.1:0" } as const;

const measured = ["nodejs_heap_size_used_bytes", "nodejs_external_memory_bytes"];
const patienceMs = 10_000;

/**
 * When V8 collects is its own affair: a busy machine puts it off, and twice as much garbage looks like a leak. So it is asked
 * to before each look. `logFile`: where the process says on which port its inspector listens.
 */
export async function createHeapWatch(
  { pid, url }: Pick<AppProcess, "pid" | "url">,
  logFile: string,
): Promise<HeapWatch> {
  process.kill(pid, "SIGUSR1");
  const inspector = await openSocket(await readAddress(logFile));
  const looks: number[] = [];
  const least = (values: readonly number[]) => Math.min(...values);
  return {
    look: async () => {
      await collectGarbage(inspector, looks.length + 1);
      const text = await (await fetch(`${url}/metrics`)).text();
      const sizes = measured.map((name) => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]));
      looks.push(sizes.reduce((sum, size) => sum + size, 0));
    },
    growth: () => {
      if (looks.length < 6 || looks.some((size) => !Number.isFinite(size)))
        throw new Error("too few looks at the memory");
      const third = Math.floor(looks.length / 3);
      return least(looks.slice(-third)) / least(looks.slice(third, 2 * third));
    },
    stop: () => inspector.close(),
  };
}

async function readAddress(logFile: string): Promise<string> {
  for (const endAt = Date.now() + patienceMs; Date.now() < endAt; await sleep(20)) {
    const address = /^Debugger listening on (ws:\S+)$/m.exec(await readFile(logFile, "utf8"))?.[1];
    if (address) return address;
  }
  throw new Error("no process said where its inspector listens");
}

function openSocket(address: string): Promise<WebSocket> {
  const socket = new WebSocket(address);
  return new Promise((resolve, reject) => {
    socket.addEventListener("open", () => resolve(socket), { once: true });
    socket.addEventListener("error", () => reject(new Error("the inspector took no connection")), { once: true });
  });
}

function collectGarbage(inspector: WebSocket, id: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const tooLong = setTimeout(() => reject(new Error("the garbage was not collected in time")), patienceMs);
    const hear = ({ data }: MessageEvent) => {
      if (JSON.parse(String(data)).id !== id) return;
      clearTimeout(tooLong);
      inspector.removeEventListener("message", hear);
      resolve();
    };
    inspector.addEventListener("message", hear);
    inspector.send(JSON.stringify({ id, method: "HeapProfiler.collectGarbage" }));
  });
}
