import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { bugs } from "../faults/planted/bugs.ts";

const root = path.resolve(import.meta.dirname, "..", "..");
/** Each starts a PostgreSQL, a Redis and several servers of its own; a busy machine is no defect. */
const patienceMs = 600_000;

/** `npm run faults` with these options, as a person would run it. */
async function runFaults(...options: string[]): Promise<{ code: number | null; said: string }> {
  const main = path.join(root, "test", "faults", "run-faults.ts");
  const child = spawn(process.execPath, [main, "--quick", "--backend", "postgres", ...options], { cwd: root });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      said += String(chunk);
    });
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { code, said };
}

describe("the fault matrix", () => {
  it(
    "fails for a product that counts a delivery twice, and says how to see it again",
    async () => {
      const { code, said } = await runFaults("--plant", "no-dedupe");
      expect(said).toMatch(/^ {2}F8 postgres seed 1: .*applied twice [\d,]+, must be at most 0/m);
      expect(said).toContain(
        "npm run faults -- --rows F8 --backend postgres --first-seed 1 --seeds 1 --quick --plant no-dedupe",
      );
      expect(code).toBe(1);
    },
    patienceMs,
  );

  it(
    "holds for the product as it is, and finds bugs that are planted there",
    async () => {
      const { code, said } = await runFaults("--rows", "F19", "--bugs", "no-dedupe,missing-records-kept");
      expect(said).toContain("nothing by F8 0, no-dedupe by F8 1, missing-records-kept by F8 1");
      expect(said).toMatch(/^All held: 1 trials/m);
      expect(code).toBe(0);
    },
    patienceMs,
  );

  it.each(bugs)("can still plant $name: its text stands once in the file", async ({ edits }) => {
    for (const { file, find } of edits)
      expect((await readFile(path.join(root, file), "utf8")).split(find)).toHaveLength(2);
  });
});
