import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { DatabaseInUse, lockFolder } from "../../../server/db/lock-folder.ts";

const [dead, first, second] = [900, 901, 902];
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lock-folder-"));
});
afterEach(() => rm(folder, { recursive: true }));
const lock = (self: number, isAtWork = async (pid: number) => pid === first || pid === second) =>
  lockFolder(folder, self, isAtWork);

describe("The lock of the embedded database's folder", () => {
  it.each(["touchstone.pid", "touchstone.pid.7"])(
    "is taken by one of two that find its holder dead before either takes it (%s)",
    async (name) => {
      await writeFile(path.join(folder, name), String(dead));
      const secondLooked = Promise.withResolvers<void>();
      const one = lock(first, async (pid) => {
        await secondLooked.promise;
        return pid !== dead;
      });
      const other = lock(second, async (pid) => {
        if (pid !== dead) return true;
        secondLooked.resolve();
        await one;
        return false;
      });
      const answers = await Promise.allSettled([one, other]);
      expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
      const [refused] = answers.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
      expect(refused).toBeInstanceOf(DatabaseInUse);
      expect(await readdir(folder)).toHaveLength(1);
    },
  );

  it("is refused while its holder runs, and given to the next when it was given back", async () => {
    const unlock = await lock(first);
    await expect(lock(second)).rejects.toThrow(`(process ${first})`);
    await unlock();
    await lock(second);
    await expect(lock(first)).rejects.toThrow(`(process ${second})`);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it("is not taken under a number that was used and removed since somebody looked", async () => {
    await writeFile(path.join(folder, "touchstone.pid"), String(dead));
    const slow = lock(second, async (pid) => {
      if (pid !== dead) return true;
      // Meanwhile two others had their turn, and the second is at work.
      await (await lock(dead))();
      await lock(first);
      return false;
    });
    await expect(slow).rejects.toThrow(`(process ${first})`);
  });
});
