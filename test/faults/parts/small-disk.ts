import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm, statfs, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A disk of its own, in memory, that can be filled to the last byte. Needs root, as mounting does. */
export interface SmallDisk {
  readonly folder: string;
  fill(): Promise<void>;
  /** As much room as before. */
  clear(): Promise<void>;
  remove(): Promise<void>;
}

export async function mountSmallDisk(megabytes: number): Promise<SmallDisk> {
  const folder = await mkdtemp(path.join(tmpdir(), "touchstone-disk-"));
  await run("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=755`, "tmpfs", folder]);
  await chmod(folder, 0o755);
  const ballast = path.join(folder, "ballast");
  return {
    folder,
    fill: async () => {
      const { bavail, bsize } = await statfs(folder);
      // Written and not only reserved: a file with a hole takes no room.
      await writeFile(ballast, Buffer.alloc(bavail * bsize, 1)).catch((error: NodeJS.ErrnoException) => {
        // Others write to it meanwhile: full is full.
        if (error.code !== "ENOSPC") throw error;
      });
    },
    clear: () => truncate(ballast, 0),
    remove: async () => {
      await run("umount", ["--lazy", folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
