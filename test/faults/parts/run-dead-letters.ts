import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import type { Stage } from "./stage.ts";

const tool = path.resolve(import.meta.dirname, "..", "..", "..", "server", "dead-letters.ts");
const run = promisify(execFile);

/** `npm run dead-letters`, as an operator runs it. Throws when it does not exit with 0. */
export async function runDeadLetters({ databaseUrl, redisUrl }: Stage, ...args: readonly string[]): Promise<string> {
  const env = { PATH: process.env.PATH, DATABASE_URL: databaseUrl, ...(redisUrl && { REDIS_URL: redisUrl }) };
  return (await run(process.execPath, [tool, ...args], { env })).stdout;
}
