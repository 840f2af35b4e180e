import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { requireProgram } from "../../support/require-program.ts";

const run = promisify(execFile);
const source = path.join(import.meta.dirname, "failing-fdatasync.c");
const failOneIn = 50;

/** The environment of a program on a disk whose fdatasync fails now and then; what does that is compiled into `folder`. */
export async function brokenDisk(folder: string): Promise<Record<string, string>> {
  const library = path.join(folder, "failing-fdatasync.so");
  await run(requireProgram(["cc", "gcc"], "build-essential"), [
    "-shared",
    "-fPIC",
    "-O1",
    "-o",
    library,
    source,
    "-ldl",
  ]);
  return { LD_PRELOAD: library, FAIL_ONE_IN: String(failOneIn) };
}
