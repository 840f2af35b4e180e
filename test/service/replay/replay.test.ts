import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { openDatabase } from "../../../server/db/database.ts";
import { startEmbeddedPostgres } from "../../../server/db/embedded-postgres.ts";
import { migrate } from "../../../server/db/migrate.ts";
import { erasePortal } from "../../../server/db/portals.ts";
import { publishModel } from "../../../server/models/publish-model.ts";
import { type Replay, replayScore, replayScores } from "../../../server/models/replay-scores.ts";
import { loadTemplate } from "../../../server/scoring/load-template.ts";
import { type Proof, packProof, unpackProof } from "../../../server/scoring/pack-proof.ts";
import { scoreAgain, scorePortal } from "../models/a-scored-portal.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";

const root = path.resolve(import.meta.dirname, "..", "..", "..");
const day = 86_400_000;
let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
  await scorePortal(ctx, portalId, 100);
});
afterAll(() => ctx?.stop());

async function replayAll(): Promise<Replay[]> {
  const replays: Replay[] = [];
  for await (const replay of replayScores(ctx.db, portalId)) replays.push(replay);
  return replays;
}

/** Changes a stored score behind the program's back. */
async function plant(account: string, change: (proof: Proof) => Proof): Promise<void> {
  const row = await ctx.db
    .selectFrom("account_scores")
    .select(["proof", "scored_at"])
    .where("account_id", "=", account)
    .executeTakeFirstOrThrow();
  const proof = packProof(change(unpackProof(row.proof ?? "", row.scored_at)));
  await ctx.db.updateTable("account_scores").set({ proof }).where("account_id", "=", account).execute();
}

async function run(options: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, ["--no-warnings", "server/replay.ts", ...options], {
    cwd: root,
    env: { PATH: process.env.PATH ?? "", DATABASE_URL: ctx.database.url, ...env },
  });
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => textOf(stream));
  const code = await new Promise<number | null>((resolve) => void child.once("close", resolve));
  return { code, stdout: (await stdout) ?? "", stderr: (await stderr) ?? "" };
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe("a replay", () => {
  it("of 100 accounts gives the stored bytes, for the present and for history", async () => {
    const replays = await replayAll();
    expect(replays).toHaveLength(100);
    expect(replays.filter((one) => one.outcome !== "identical")).toEqual([]);
  });

  it("still does when the model has moved on: each score is made with the version that made it", async () => {
    const model = structuredClone(loadTemplate("playbook-100") ?? {});
    const draft = JSON.parse(JSON.stringify(model).replaceAll('"COMPUTER_SOFTWARE"', '"FARMING_TOO"'));
    await publishModel(ctx, portalId, "77", { model: draft });
    ctx.clock.now += 20 * day;
    await scoreAgain(ctx, portalId);
    const replays = await replayAll();
    expect(replays.length).toBeGreaterThan(120);
    expect(replays.filter((one) => one.outcome !== "identical")).toEqual([]);
    expect(new Set(replays.flatMap((one) => one.models))).toEqual(
      new Set(["playbook-100 v1", "playbook-100 v2", "readiness-10 v1"]),
    );
  });

  it("of one account can go back to an earlier snapshot", async () => {
    const history = await ctx.db
      .selectFrom("score_history")
      .select("snapshot_no")
      .where("account_id", "=", "1000")
      .orderBy("snapshot_no")
      .execute();
    const first = history[0]?.snapshot_no ?? 0;
    expect(await replayScore(ctx.db, portalId, "1000", first)).toMatchObject({
      snapshotNo: first,
      outcome: "identical",
      models: ["playbook-100 v1", "readiness-10 v1"],
    });
    await expect(replayScore(ctx.db, portalId, "1000", 999_999)).rejects.toThrow(/no score of snapshot 999999/);
    await expect(replayScore(ctx.db, asPortalId(1), "1000", "latest")).rejects.toThrow(/portal 1/);
  });

  it("finds one planted point, and names the line", async () => {
    await plant("1005", ({ priority, ...rest }) => {
      const [first = [], ...lines] = priority.lines;
      return { ...rest, priority: { ...priority, lines: [[4_500, ...first.slice(1)], ...lines] } };
    });
    const replays = (await replayAll()).filter((one) => one.outcome === "different");
    expect(replays).toHaveLength(1);
    expect(replays[0]).toMatchObject({ accountId: "1005" });
    expect(replays[0]?.differences.join()).toMatch(
      /^priority \(playbook-100 v2\): line 1, Industry · points: stored 4\.5, replayed \d/,
    );
  });

  it("finds a planted band, a planted snapshot and a version that is not kept", async () => {
    await plant("1006", ({ priority, ...rest }) => ({ ...rest, priority: { ...priority, band: 3 } }));
    await plant("1010", ({ snapshot, ...rest }) => ({
      ...rest,
      snapshot: { ...snapshot, properties: { ...snapshot.properties, country: "Peru" } },
    }));
    await plant("1015", ({ priority, ...rest }) => ({ ...rest, priority: { ...priority, version: 77 } }));
    const different = (await replayAll()).filter((one) => one.outcome === "different");
    const text = (account: string) => different.find((one) => one.accountId === account)?.differences.join() ?? "";
    expect(text("1006")).toMatch(/band/);
    expect(text("1010")).toMatch(/Geography/);
    expect(text("1015")).toMatch(/not kept/);
  });

  it("tells a history that lost its snapshot with an erased person from a difference", async () => {
    await sql`UPDATE score_history SET proof = NULL WHERE snapshot_no = (SELECT min(snapshot_no) FROM score_history WHERE account_id = '1020') AND account_id = '1020'`.execute(
      ctx.db,
    );
    expect((await replayAll()).filter((one) => one.outcome === "erased")).toMatchObject([{ accountId: "1020" }]);
  });
});

describe("npm run replay", () => {
  it("says how it is used when asked, without a database", async () => {
    const { code, stdout } = await run(["--help"], { DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" });
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^Use: npm run replay -- --portal ID/)]);
  });

  it("says identical, and exits 0", async () => {
    const { code, stdout } = await run(["--portal", String(portalId), "--account", "1001"]);
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^account 1001, snapshot \d+: identical \(playbook-100 v2, readiness-10 v1\)\n$/),
    ]);
  });

  it("shows the first line that differs, and exits 1", async () => {
    const { code, stdout } = await run(["--portal", String(portalId), "--account", "1005", "--at", "latest"]);
    expect([code, stdout]).toEqual([1, expect.stringMatching(/line 1, Industry · points: stored 4\.5, replayed/)]);
  });

  it("goes through a whole portal and sums up", async () => {
    const { code, stdout } = await run(["--portal", String(portalId), "--all"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/\d+ scores: \d+ identical, 4 different, 1 erased with a person\n$/);
  });

  it("cannot write", async () => {
    const url = new URL(ctx.database.url);
    url.searchParams.set("options", "-c default_transaction_read_only=on");
    const { db, close } = openDatabase(url.href, ctx.log, 1);
    await expect(erasePortal(db, portalId, performance.now() + 1_000)).rejects.toThrow(/read-only/);
    await close();
  });

  it("reads the embedded database of a Touchstone that runs, and never starts one", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "touchstone-replay-"));
    const env = { DATABASE_URL: "", DATA_DIR: folder };
    const embedded = await startEmbeddedPostgres(folder, ctx.log);
    const empty = await run(["--portal", "1", "--all"], env);
    expect([empty.code, empty.stderr]).toEqual([1, expect.stringMatching(/start Touchstone on it once/)]);
    const { db, close } = openDatabase(embedded.url, ctx.log, 1);
    await migrate(db);
    await close();
    expect(await run(["--portal", "1", "--all"], env)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^0 scores/),
    });
    await embedded.stop();
    const stopped = await run(["--portal", "1", "--all"], env);
    expect([stopped.code, stopped.stderr]).toEqual([1, expect.stringMatching(/is not running/)]);
    await rm(folder, { recursive: true });
  });

  it("says in plain words what is missing", async () => {
    const empty = await mkdtemp(path.join(tmpdir(), "touchstone-replay-"));
    const cases: [string[], Record<string, string>, RegExp][] = [
      [[], {}, /--portal needs/],
      [["--portal", "1"], {}, /--account/],
      [["--portal", "1", "--account", "x"], {}, /--account/],
      [["--portal", "1", "--account", "2", "--at", "noon"], {}, /snapshot number/],
      [["--portal", "1", "--account", "2"], {}, /There is no score of account 2/],
      [["--portal", "1", "--all"], { DATABASE_URL: "", DATA_DIR: empty }, /There is no database in/],
      [["--portal", "1", "--all"], { DATABASE_URL: "mysql://x" }, /DATABASE_URL/],
      [["--portal", "1", "--all"], { DATABASE_URL: "postgres://u:secret@127.0.0.1:1/x" }, /does not answer/],
    ];
    for (const [options, env, message] of cases) {
      const { code, stderr } = await run(options, env);
      expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
      expect(stderr).not.toMatch(/ {4}at |secret/);
    }
    await rm(empty, { recursive: true });
  });
});
