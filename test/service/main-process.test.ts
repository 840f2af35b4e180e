import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { readConfig } from "../../server/config.ts";
import { isAlive } from "../../server/db/is-alive.ts";
import { createTokenCipher } from "../../server/install/token-cipher.ts";
import { startOwnRedis } from "../contract/own-redis.ts";
import { cloneTemplate } from "../support/test-database.ts";
import { startLocalHubSpot } from "./local-hubspot.ts";
import { createMainStarter, type MainStarter, type StartedMain } from "./main-starter.ts";
import { send } from "./signed-request.ts";

const tokenKeys = `k1:${randomBytes(32).toString("base64")}`;
let starter: MainStarter;
let folder = "";
beforeAll(async () => {
  starter = await createMainStarter();
  folder = starter.folder;
});
afterAll(() => starter.stop());

const start = (env: Record<string, string | undefined>): Promise<StartedMain> => starter.start(env);

const right = (more: Record<string, string> = {}) => ({
  PUBLIC_URL: "https://touchstone.example.com",
  HUBSPOT_CLIENT_ID: "client",
  HUBSPOT_CLIENT_SECRET: "secret-needle",
  HUBSPOT_APP_ID: "7",
  HUBSPOT_API_URL: "http://127.0.0.1:9",
  TOKEN_KEYS: tokenKeys,
  ...more,
});

async function query<T extends pg.QueryResultRow>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

describe("a start that cannot go well", () => {
  it("prints every fault of the environment, without a value, and exits with 1", async () => {
    const { exited } = await start({
      ...right(),
      PUBLIC_URL: "needle",
      ROLE: "worker",
      TOKEN_KEYS: "needle",
      HUBSPOT_APP_ID: undefined,
    });
    const { code, said } = await exited;
    expect(code).toBe(1);
    for (const name of ["PUBLIC_URL", "TOKEN_KEYS", "HUBSPOT_APP_ID", "DATABASE_URL"])
      expect(said).toMatch(new RegExp(`^ {2}${name}: `, "m"));
    expect(said).toMatch(/^Touchstone did not start\. The environment has 4 faults:/);
    expect(said).not.toMatch(/needle| {4}at /);
  });

  it("says that its port is taken, and exits with 1", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => void other.listen(0, "127.0.0.1", resolve));
    const port = String((other.address() as { port: number }).port);
    const database = await cloneTemplate();
    const { code, said } = await (await start(right({ PORT: port, DATABASE_URL: database.url }))).exited;
    other.close();
    await database.drop();
    expect(code).toBe(1);
    expect(said).toContain(`Touchstone did not start. Port ${port} on 127.0.0.1 is taken by another program.`);
    expect(said).not.toMatch(/ {4}at /);
  });

  it("says when the database cannot be reached, without its password, and exits with 1", async () => {
    const { code, said } = await (await start(right({ DATABASE_URL: "postgres://touchstone:needle@127.0.0.1:9/x" })))
      .exited;
    expect(code).toBe(1);
    expect(said).toMatch(/Touchstone did not start/);
    expect(said).toMatch(/ECONNREFUSED/);
    expect(said).not.toContain("needle");
  });
});

describe("on a database of its own", () => {
  const data = () => path.join(folder, "data");
  const databaseUrl = () => {
    const password = readFileSync(path.join(data(), "postgres-password"), "utf8").trim();
    const port = readFileSync(path.join(data(), "postgres-18", "postmaster.pid"), "utf8").split("\n")[3];
    return `postgres://touchstone:${password}@127.0.0.1:${port}/postgres`;
  };
  const postmaster = () =>
    Number(readFileSync(path.join(data(), "postgres-18", "postmaster.pid"), "utf8").split("\n")[0]);
  let first: StartedMain;

  it("starts, and a second copy says that it is in use and exits with 1 while the first goes on", async () => {
    first = await start(right({ DATA_DIR: data() }));
    await first.untilReady();
    await query(databaseUrl(), "INSERT INTO portals (portal_id, status) VALUES (4242, 'disconnected')");
    const { code, said } = await (await start(right({ DATA_DIR: data() }))).exited;
    expect(code).toBe(1);
    expect(said).toContain(`Another Touchstone (process ${first.child.pid}) already uses the database`);
    expect(said).not.toMatch(/ {4}at /);
    expect((await send(first.url, { method: "GET", path: "/readyz" })).status).toBe(200);
  });

  it("starts again after kill -9: what was left behind is stopped and the data is there", async () => {
    const orphan = postmaster();
    first.child.kill("SIGKILL");
    await first.exited;
    expect(isAlive(orphan)).toBe(true);
    const again = await start(right({ DATA_DIR: data() }));
    await again.untilReady();
    expect(isAlive(orphan)).toBe(false);
    expect(again.said()).toContain("a database server was left behind by a killed process");
    expect(await query(databaseUrl(), "SELECT portal_id FROM portals")).toHaveLength(1);
    first = again;
  });

  it("ends with 0 on SIGTERM, its database too, and says so", async () => {
    const server = postmaster();
    first.child.kill("SIGTERM");
    const { code, said } = await first.exited;
    expect(code).toBe(0);
    expect(said).toContain('"msg":"stopping"');
    expect(isAlive(server)).toBe(false);
    expect(said).not.toContain("secret-needle");
    expect(said.slice(said.indexOf('"msg":"stopping"'))).not.toMatch(/"level":"(warn|error)"/);
  });

  it("leaves a stranger alone who was given the process id of a database server long gone", async () => {
    const stranger = spawn("sleep", ["60"], { stdio: "ignore" });
    starter.adopt(stranger);
    await writeFile(
      path.join(data(), "postgres-18", "postmaster.pid"),
      `${stranger.pid}\n${data()}/postgres-18\n1\n5432\n\n127.0.0.1\n\nstopping\n`,
    );
    const again = await start(right({ DATA_DIR: data() }));
    await again.untilReady();
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    again.child.kill("SIGTERM");
    expect((await again.exited).code).toBe(0);
  });
});

/** Takes a second for every answer: there is none of the records. */
async function startSlowHubSpot(): Promise<{ url: string; asked: Promise<void>; stop(): Promise<void> }> {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const hubspot = await startLocalHubSpot();
  hubspot.answer = async () => {
    resolve();
    await new Promise((done) => setTimeout(done, 1_000));
    return [200, { status: "COMPLETE", results: [] }];
  };
  return { url: hubspot.url, asked, stop: hubspot.stop };
}

/** An installed portal with 250 people to read. */
async function addWork(databaseUrl: string): Promise<void> {
  const cipher = createTokenCipher(readConfig(right()).tokenKeys);
  const [access, refresh] = ["access", "refresh"].map((token) => cipher.encrypt(token, 4242));
  await query(
    databaseUrl,
    `INSERT INTO portals (portal_id, status, access_token, refresh_token, token_expires_at)
       VALUES (4242, 'ready', '${access}', '${refresh}', now() + interval '1 hour');
     INSERT INTO stale_records (portal_id, object_type, object_id, needs)
       SELECT 4242, 'contacts', n::text, 3 FROM generate_series(1, 250) n;`,
  );
}

describe("SIGTERM", () => {
  it("in the middle of a job ends with 0, and loses nothing of the work", async () => {
    const database = await cloneTemplate();
    const hubspot = await startSlowHubSpot();
    const one = await start(right({ DATABASE_URL: database.url, HUBSPOT_API_URL: hubspot.url }));
    await one.untilReady();
    await addWork(database.url);
    await hubspot.asked;
    one.child.kill("SIGTERM");
    const { code, said } = await one.exited;
    await hubspot.stop();
    expect(code).toBe(0);
    expect(said).toContain('"msg":"stopping"');
    expect(said).not.toMatch(/"level":"(warn|error)"/);
    const [left] = await query<{ waiting: number; leased: number; read: number }>(
      database.url,
      `SELECT (SELECT count(*)::int FROM stale_records) AS waiting,
        (SELECT count(*)::int FROM stale_records WHERE lease_until IS NOT NULL) AS leased,
        (SELECT count(*)::int FROM crm_records WHERE object_type = 'contacts') AS read`,
    );
    expect(left).toEqual({ waiting: 250 - (left?.read ?? 0), leased: 0, read: left?.read });
    expect(left?.read).toBeGreaterThanOrEqual(100);
    await database.drop();
  });

  it("while HubSpot leaves a request unanswered ends with 0, and the work is free for another process at once", async () => {
    const database = await cloneTemplate();
    const hubspot = await startLocalHubSpot();
    const asked = Promise.withResolvers<void>();
    hubspot.answer = () => {
      asked.resolve();
      return new Promise<never>(() => undefined);
    };
    const one = await start(right({ DATABASE_URL: database.url, HUBSPOT_API_URL: hubspot.url }));
    await one.untilReady();
    await addWork(database.url);
    await asked.promise;
    one.child.kill("SIGTERM");
    // Below the 20 s after which the request would have been given up anyway.
    const late = setTimeout(() => one.child.kill("SIGKILL"), 15_000);
    const { code, said } = await one.exited;
    clearTimeout(late);
    await hubspot.stop();
    expect(code).toBe(0);
    expect(said).not.toMatch(/"level":"error"/);
    const rows = await query(database.url, "SELECT FROM stale_records WHERE lease_until IS NULL");
    expect(rows).toHaveLength(250);
    await database.drop();
  });

  it("lets what asks meanwhile through while /readyz says 503, and then closes its door", async () => {
    const database = await cloneTemplate();
    const one = await start(right({ DATABASE_URL: database.url, DRAIN_MS: "3000" }));
    await one.untilReady();
    one.child.kill("SIGTERM");
    const answers: { ready: number; asked: number; connection: unknown }[] = [];
    for (;;) {
      const ready = await send(one.url, { method: "GET", path: "/readyz" }).catch(() => null);
      const asked = await send(one.url, { method: "GET", path: "/healthz" }).catch(() => null);
      if (!ready || !asked) break;
      answers.push({ ready: ready.status, asked: asked.status, connection: asked.headers.connection });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect((await one.exited).code).toBe(0);
    expect(answers.at(-1)).toEqual({ ready: 503, asked: 200, connection: "close" });
    expect(new Set(answers.map((answer) => answer.asked))).toEqual(new Set([200]));
    await database.drop();
  });

  it("ends with 0 although the queue's Redis is away", async () => {
    const database = await cloneTemplate();
    const redis = await startOwnRedis();
    const one = await start(right({ DATABASE_URL: database.url, REDIS_URL: redis.url }));
    await one.untilReady();
    await redis.kill();
    const answer = await send(one.url, { method: "GET", path: "/readyz" });
    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.text)).toEqual({ ready: false, database: true, queue: false });
    one.child.kill("SIGTERM");
    expect((await one.exited).code).toBe(0);
    await redis.remove();
    await database.drop();
  });
});
