import { writeFileSync } from "node:fs";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

export const clockFileVariable = "CLOCK_FILE";

/** Clocks of processes, by the port on which they listen. */
export interface WrongClocks {
  /** For the processes whose clocks are to be set. */
  readonly env: Readonly<Record<string, string>>;
  set(offsets: Readonly<Record<number, number>>): Promise<void>;
  stop(): Promise<void>;
}

export async function createWrongClocks(): Promise<WrongClocks> {
  const folder = await mkdtemp(path.join(tmpdir(), "touchstone-clocks-"));
  const file = path.join(folder, "clocks.json");
  writeFileSync(file, "{}");
  return {
    env: {
      [clockFileVariable]: file,
      NODE_OPTIONS: `--import ${path.join(import.meta.dirname, "shift-clock.ts")}`,
    },
    // Renamed into place, so that nobody reads half a file.
    set: async (offsets) => {
      await writeFile(`${file}.next`, JSON.stringify(offsets));
      await rename(`${file}.next`, file);
    },
    stop: () => rm(folder, { recursive: true, force: true }),
  };
}
