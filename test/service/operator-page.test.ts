import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Config } from "../../server/config.ts";
import { type HttpServer, startHttpServer } from "../../server/http/create-http-server.ts";
import { type OpenedQueue, openQueue } from "../../server/queue/queue.ts";
import { type OwnRedis, startOwnRedis } from "../contract/own-redis.ts";
import { send } from "./signed-request.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

const password = "a-password-of-the-operators";
let ctx: SmallContext;
let redis: OwnRedis;
const servers: HttpServer[] = [];
const queues: OpenedQueue[] = [];
beforeAll(async () => {
  ctx = await createSmallContext();
  redis = await startOwnRedis();
});
afterAll(async () => {
  for (const server of servers) await server.stop();
  for (const queue of queues) await queue.close();
  await redis?.remove();
  await ctx?.stop();
});

async function serve(options: { redisUrl?: string; http?: Partial<Config["http"]>; role?: Config["role"] } = {}) {
  const queue = await openQueue(
    { databaseUrl: ctx.database.url, redisUrl: options.redisUrl ?? null, leaseMs: 60_000 },
    ctx.log,
  );
  queues.push(queue);
  const http = { ...ctx.config.http, operatorPassword: password, ...options.http };
  const config = { ...ctx.config, http, role: options.role ?? "all" };
  const server = await startHttpServer({ ...ctx, config, queue, queueBoard: queue.board });
  servers.push(server);
  const ask = (path: string, given?: string, method = "GET") =>
    send(server.url, {
      method,
      path,
      headers: given === undefined ? {} : { authorization: `Basic ${btoa(`somebody:${given}`)}` },
    });
  return { queue, ask };
}

const page = "/operators/queue";

describe("the operators' queue page", () => {
  it.each(["postgres", "redis"] as const)("shows what waits, on %s", async (backend) => {
    const { queue, ask } = await serve(backend === "redis" ? { redisUrl: redis.url } : {});
    await queue.wake("refresh-records", portalId);
    const html = await ask(`${page}/`, password);
    expect(html.status).toBe(200);
    expect(html.text).toContain('<base href="/operators/queue/"');
    for (const [, asset] of html.text.matchAll(/src="(static\/[^"]+)"/g))
      expect((await ask(`${page}/${asset}`, password)).status).toBe(200);
    const answer = await ask(`${page}/api/queues?activeQueue=touchstone&status=latest&page=1`, password);
    expect(answer.status).toBe(200);
    const { queues: shown } = JSON.parse(answer.text) as {
      queues: { name: string; readOnlyMode: boolean; counts: Record<string, number>; jobs: { name: string }[] }[];
    };
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatchObject({ name: "touchstone", readOnlyMode: true });
    expect(shown[0]?.counts).toMatchObject({ waiting: 1, active: 0, failed: 0 });
    expect(shown[0]?.jobs.map((job) => job.name)).toEqual(["refresh-records"]);
  });

  it("is for those who know the password, and says nothing to others", async () => {
    const { ask } = await serve();
    for (const given of [undefined, "", "wrong", `${password}x`]) {
      const answer = await ask(`${page}/`, given);
      expect(answer.status).toBe(401);
      expect(answer.headers["www-authenticate"]).toMatch(/^Basic realm=/);
      expect(answer.text).not.toMatch(/touchstone|queue/);
    }
    expect((await ask(`${page}/api/queues`)).status).toBe(401);
    expect((await ask(`${page}/static/js/anything`)).status).toBe(401);
  });

  it("carries headers that keep it out of frames, caches and others' scripts", async () => {
    const { ask } = await serve();
    const { headers } = await ask(`${page}/`, password);
    expect(headers["content-security-policy"]).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "x-frame-options": "DENY",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    });
  });

  it("changes nothing, whatever is asked", async () => {
    const { queue, ask } = await serve();
    await queue.wake("refresh-records", portalId);
    for (const path of ["pause", "empty", "obliterate", "clean/waiting", "add", "promote"])
      for (const method of ["PUT", "POST", "DELETE", "PATCH"])
        expect((await ask(`${page}/api/queues/touchstone/${path}`, password, method)).status).toBe(405);
    const { text } = await ask(`${page}/api/queues`, password);
    expect(JSON.parse(text).queues[0].counts.waiting).toBe(1);
  });

  it("lets nobody try passwords: after ten wrong ones not even the right one is heard for a minute", async () => {
    const { ask } = await serve();
    for (let n = 0; n < 10; n += 1) expect((await ask(`${page}/`, `guess ${n}`)).status).toBe(401);
    const refused = await ask(`${page}/`, password);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    ctx.clock.now += 60_001;
    expect((await ask(`${page}/`, password)).status).toBe(200);
  });

  it("is not there without a password in the settings, nor on a process that only works", async () => {
    const without = await serve({ http: { operatorPassword: null } });
    expect((await without.ask(`${page}/`, password)).status).toBe(404);
    const worker = await serve({ role: "worker" });
    expect((await worker.ask(`${page}/`, password)).status).toBe(404);
    expect((await worker.ask("/healthz")).status).toBe(200);
  });
});

describe("/metrics", () => {
  const bearer = (server: HttpServer, token: string) =>
    send(server.url, { method: "GET", path: "/metrics", headers: { authorization: `Bearer ${token}` } });
  const newest = () => {
    const server = servers.at(-1);
    if (!server) throw new Error("there is no server");
    return server;
  };

  it("takes the token and no other", async () => {
    await serve({ http: { metricsToken: "a-token-of-prometheus" } });
    const answer = await bearer(newest(), "a-token-of-prometheus");
    expect(answer.status).toBe(200);
    expect(answer.text).toMatch(/^touchstone_dead_letters\{kind="record"\} 0$/m);
    for (const token of ["", "a-token-of-prometheu", "a-token-of-prometheus2", "x"])
      expect((await bearer(newest(), token)).status).toBe(404);
  });

  it("without a token is closed where the world reaches the server: a proxy on this machine need not say for whom it asks", async () => {
    const { ask } = await serve();
    expect((await ask("/metrics")).status).toBe(404);
  });

  it("without a token is open on a machine that only talks to itself, and closed to what was passed on", async () => {
    await serve({ http: { publicUrl: "http://127.0.0.1:3000" } });
    const ask = (headers: Record<string, string>) => send(newest().url, { method: "GET", path: "/metrics", headers });
    expect((await ask({})).status).toBe(200);
    for (const name of ["x-forwarded-for", "forwarded", "x-real-ip", "via"])
      expect((await ask({ [name]: "127.0.0.1" })).status).toBe(404);
  });
});
