import { execFile } from "node:child_process";
import { link, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { isAlive } from "./is-alive.ts";

const run = promisify(execFile);

export class DatabaseInUse extends Error {
  override readonly name = "DatabaseInUse";
  constructor(folder: string, pid: number) {
    super(
      `Another Touchstone (process ${pid}) already uses the database in ${folder}. ` +
        "Stop it first, give this one another DATA_DIR, or let both use one PostgreSQL by DATABASE_URL.",
    );
  }
}

const nameOf = (turn: number) => (turn === 0 ? "touchstone.pid" : `touchstone.pid.${turn}`);

/**
 * Takes a folder for one process; the answer gives it back. Throws `DatabaseInUse` while another living process of ours holds it.
 *
 * The newest of numbered files says who has it. A holder that died is never removed first: of two that find it dead both would
 * remove, the later one what the earlier had just taken. Each makes the file of the next number instead, which the file
 * system lets one of them do. The newest file stays, so that a number is never begun again.
 */
export async function lockFolder(
  root: string,
  self = process.pid,
  isAtWork = (pid: number) => runs(pid, /node|MainThread/),
): Promise<() => Promise<void>> {
  for (;;) {
    const { turn, holder } = await readNewest(root);
    if (holder !== self && (await isAtWork(holder))) throw new DatabaseInUse(root, holder);
    const mine = turn + 1;
    if (!(await make(root, mine, self))) continue;
    // Whoever looked long ago may have found a number free that was used and removed since.
    if ((await listTurns(root)).some((other) => other > mine)) {
      await rm(path.join(root, nameOf(mine)), { force: true });
      continue;
    }
    for (const older of await listTurns(root))
      if (older < mine) await rm(path.join(root, nameOf(older)), { force: true });
    return () => writeFile(path.join(root, nameOf(mine)), "");
  }
}

async function readNewest(root: string): Promise<{ turn: number; holder: number }> {
  const turn = Math.max(-1, ...(await listTurns(root)));
  const text = turn < 0 ? "" : await readFile(path.join(root, nameOf(turn)), "utf8").catch(() => "");
  return { turn, holder: Number(text) };
}

async function listTurns(root: string): Promise<number[]> {
  return (await readdir(root)).flatMap((name) => {
    const found = /^touchstone\.pid(?:\.(\d{1,9}))?$/.exec(name);
    return found ? [Number(found[1] ?? 0)] : [];
  });
}

/** False when somebody else made it. Linked under its name when it is whole: nobody reads an empty one and takes it for given back. */
async function make(root: string, turn: number, self: number): Promise<boolean> {
  const draft = path.join(root, `lock-of-${self}`);
  await writeFile(draft, String(self));
  try {
    await link(draft, path.join(root, nameOf(turn)));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    await rm(draft, { force: true });
  }
}

/** A process id may have been given to a stranger since: only a program of this name counts. */
export async function runs(pid: number, name: RegExp): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const command =
    process.platform === "linux"
      ? await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "")
      : await run("ps", ["-o", "comm=", "-p", String(pid)]).then(
          ({ stdout }) => stdout,
          () => "",
        );
  return name.test(command);
}
