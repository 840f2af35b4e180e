import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmbeddedPostgres } from "../../../server/db/embedded-postgres.ts";
import { createLogger } from "../../../server/logger.ts";
import { makeTemplate } from "../../support/make-template.ts";
import { plainPortal } from "../../support/plain-portal.ts";
import { startWorld, type World } from "../../support/world.ts";
import { processorSeconds } from "../support/processor-seconds.ts";

/** What a request to HubSpot takes (performance.md §5): without it a client that waits for each answer would look as fast as any. */
export const answerMs = 150;

export interface BenchWorldOptions {
  readonly portalId: number;
  readonly companies: number;
  readonly peopleEach: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface BenchWorld extends World {
  /** Processor time so far of the server, of its database and of the stand-in, which is this process. */
  processorSeconds(): { readonly server: number; readonly database: number; readonly standIn: number };
}

/** The whole product on a PostgreSQL of its own, with a stand-in that enforces 110 requests in any 10 s and answers no faster than HubSpot. */
export async function startBenchWorld({ env = {}, ...portal }: BenchWorldOptions): Promise<BenchWorld> {
  const folder = await mkdtemp(path.join(tmpdir(), "touchstone-bench-"));
  const log = createLogger("error");
  const postgres = await startEmbeddedPostgres(path.join(folder, "data"), log);
  const [databasePid = ""] = (await readFile(path.join(folder, "data", "postgres-18", "postmaster.pid"), "utf8")).split(
    "\n",
  );
  const stopDatabase = async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await makeTemplate(postgres.url, log);
    process.env.TEST_DATABASE_URL = postgres.url;
    const world = await startWorld({ seed: plainPortal({ ...portal, nowAt: Date.now() }), env });
    world.standIn.faults.add({ kind: "slow", path: "/crm/", times: Number.MAX_SAFE_INTEGER, delayMs: answerMs });
    return {
      ...world,
      processorSeconds: () => {
        const { user, system } = process.cpuUsage();
        const standIn = (user + system) / 1e6;
        return {
          standIn,
          server: processorSeconds(process.pid) - standIn,
          database: processorSeconds(Number(databasePid)),
        };
      },
      stop: async () => {
        await world.stop();
        await stopDatabase();
      },
    };
  } catch (error) {
    await stopDatabase();
    throw error;
  }
}

/** A figure of the server's own measurements, all labels added up. */
export async function readMetric(world: World, name: string): Promise<number> {
  const text = await (await fetch(`${world.appUrl}/metrics`)).text();
  return text
    .split("\n")
    .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
}
