import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { createLogger } from "../../../server/logger.ts";
import { makeTemplate } from "../../support/make-template.ts";
import { atLeast, count, type Figures, none } from "../figures.ts";
import { brokenDisk } from "../parts/break-disk.ts";
import { holdConnections } from "../parts/hold-connections.ts";
import { playTrial } from "../parts/play-trial.ts";
import { type PostgresCluster, startPostgresCluster } from "../parts/postgres-cluster.ts";
import { mountSmallDisk, type SmallDisk } from "../parts/small-disk.ts";
import type { Stage } from "../parts/stage.ts";
import type { Workload } from "../parts/workload.ts";
import type { Row, Trial } from "../row.ts";
import { backends } from "../size.ts";

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const diskMegabytes = 500;
const troubleMs = 6_000;

/** PostgreSQL has no room, no connection or no lock to give: put off with 503, and well again by itself. */
export const f11: Row = {
  name: "F11",
  description: "disk full, fsync failing, connections used up, locks held",
  seeds: 5,
  backends,
  run: async (trial) => {
    // Made on the run's own database, before this trial has another one.
    await trial.clean.of(trial.seed, trial.size);
    const disk = await mountSmallDisk(diskMegabytes);
    const usual = process.env.TEST_DATABASE_URL;
    try {
      await mkdir(path.join(disk.folder, "data"));
      // Beside the disk: what it says when that is full is worth reading.
      const logFile = `${disk.folder}.log`;
      const postgres = await startPostgresCluster(path.join(disk.folder, "data"), createLogger("silent"), logFile);
      try {
        // Read by test/support/test-database.ts.
        process.env.TEST_DATABASE_URL = postgres.url;
        await makeTemplate(postgres.url, createLogger("silent"));
        const ground = { ...trial.ground, postgres };
        return await playTrial({ ...trial, ground }, (stage, workload) =>
          trouble({ stage, workload, postgres, disk, trial }),
        );
      } finally {
        await postgres.stop();
        await rm(logFile, { force: true });
      }
    } finally {
      process.env.TEST_DATABASE_URL = usual;
      await disk.remove();
    }
  },
};

interface Scene {
  readonly stage: Stage;
  readonly workload: Workload;
  readonly postgres: PostgresCluster;
  readonly disk: SmallDisk;
  readonly trial: Trial;
}

async function trouble(scene: Scene): Promise<Figures> {
  const { stage, workload } = scene;
  const { sent } = stage.standIn.webhooks;
  const answers: Record<string, number> = {};
  const kinds = { fillDisk, breakDisk, useUpConnections, holdLocks };
  for (const [name, begin] of Object.entries(kinds)) {
    workload.play(0.05);
    const from = sent.length;
    const end = await begin(scene);
    const endAt = Date.now() + troubleMs;
    while (Date.now() < endAt) {
      workload.play(0.02);
      await sleep(500);
    }
    await end();
    for (const { outcome } of sent.slice(from)) {
      const key = typeof outcome === "number" ? `${outcome}` : "no answer";
      answers[key] = (answers[key] ?? 0) + 1;
    }
    scene.trial.tell?.(`    ${name}: ${JSON.stringify(answers)}`);
    await untilReady(stage);
  }
  const { "204": taken = 0, "503": putOff = 0, "no answer": silent = 0, ...others } = answers;
  return {
    troubles: count(Object.keys(kinds).length),
    "ends of PostgreSQL by its disk": atLeast(await countPanics(scene.postgres), 1),
    "deliveries taken": count(taken),
    "put off with 503": atLeast(putOff, 1),
    "without an answer": count(silent),
    "answered otherwise": none(Object.values(others).reduce((sum, n) => sum + n, 0)),
  };
}

async function countPanics({ logFile }: PostgresCluster): Promise<number> {
  return (await readFile(logFile, "utf8")).split("\n").filter((line) => line.includes("PANIC:  could not fdatasync"))
    .length;
}

type End = () => Promise<void>;

async function fillDisk({ disk, postgres }: Scene): Promise<End> {
  await disk.fill();
  return async () => {
    await disk.clear();
    // Without room for its log PostgreSQL stops by itself: an operator starts it again, and only it.
    if (!(await answers(postgres.url))) await postgres.restart();
  };
}

/** A commit whose log cannot be made safe ends PostgreSQL, which recovers by itself, or does not as often. */
async function breakDisk({ postgres, disk }: Scene): Promise<End> {
  const broken = await brokenDisk(disk.folder);
  await postgres.kill();
  await postgres.restart(broken);
  return async () => {
    await postgres.kill();
    await postgres.restart();
  };
}

const useUpConnections = ({ postgres, stage }: Scene): Promise<End> => holdConnections(postgres.url, stage.databaseUrl);

/** Somebody began a transaction and went to lunch. */
async function holdLocks({ stage }: Scene): Promise<End> {
  const client = new pg.Client({ connectionString: stage.databaseUrl });
  client.on("error", () => undefined);
  await client.connect();
  await client.query("BEGIN");
  await client.query("SELECT FROM portals FOR UPDATE");
  return async () => {
    await client.query("ROLLBACK");
    await client.end();
  };
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  const connected = await client.connect().then(
    () => true,
    () => false,
  );
  await client.end().catch(() => undefined);
  return connected;
}

/** The same processes as before: nobody starts them again. */
async function untilReady({ crew }: Stage): Promise<void> {
  const endAt = Date.now() + 60_000;
  for (const { process } of crew.posts) {
    while (
      !(await fetch(`${process.url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      ))
    ) {
      if (Date.now() > endAt) throw new Error("a process did not recover");
      await sleep(200);
    }
  }
}
