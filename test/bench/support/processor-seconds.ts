import { readdirSync, readFileSync } from "node:fs";

/** Of `getconf CLK_TCK` on Linux. */
const ticksPerSecond = 100;

/**
 * Processor time of a process, its living children and those that have ended: what a benchmark costs however busy the
 * machine is with other things. Linux only.
 */
export function processorSeconds(pid: number): number {
  let ticks = 0;
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const fields = readFields(entry);
    if (!fields) continue;
    const own = Number(fields[11]) + Number(fields[12]);
    if (Number(entry) === pid) ticks += own + Number(fields[13]) + Number(fields[14]);
    else if (Number(fields[1]) === pid) ticks += own;
  }
  return ticks / ticksPerSecond;
}

/** From "state" on: a name may hold blanks and brackets. Null for a process that ended meanwhile. */
function readFields(pid: string): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null;
  }
}
