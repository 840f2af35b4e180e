import { readFile } from "node:fs/promises";
import path from "node:path";
import { isAlive } from "./is-alive.ts";

/** Of the embedded PostgreSQL in a folder: never made, there but stopped, or its address while it runs. */
export type EmbeddedDatabase =
  | { readonly state: "absent" | "stopped" }
  | { readonly state: "running"; readonly url: string };

/** Looks without starting or changing anything. The address holds the database's password: do not print it. */
export async function findEmbeddedDatabase(folder: string): Promise<EmbeddedDatabase> {
  const root = path.resolve(folder);
  const password = await readText(path.join(root, "postgres-password"));
  if (password === null) return { state: "absent" };
  // PostgreSQL writes its process id in the first line and its port in the fourth.
  const lines = (await readText(path.join(root, "postgres-18", "postmaster.pid")))?.split("\n") ?? [];
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!isAlive(pid) || !Number.isInteger(port) || port <= 0) return { state: "stopped" };
  return { state: "running", url: `postgres://touchstone:${password.trim()}@127.0.0.1:${port}/postgres` };
}

async function readText(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
