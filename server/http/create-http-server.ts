import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { parse as parseQuery } from "node:querystring";
import express, { type Express, type RequestHandler } from "express";
import { NotFound } from "../errors.ts";
import type { HttpContext } from "./card-route.ts";
import { handleErrors } from "./handle-errors.ts";
import { operatorRoutes } from "./operator-routes.ts";
import { queuePagePath } from "./queue-page-path.ts";
import { requireOperator } from "./require-operator.ts";
import { routes } from "./routes.ts";

export class PortTaken extends Error {
  override readonly name = "PortTaken";
  constructor(host: string, port: number) {
    super(`Port ${port} on ${host} is taken by another program. Stop it, or set PORT to a free one.`);
  }
}

export interface HttpServer {
  /** Where it listens, for example http://127.0.0.1:3000. */
  readonly url: string;
  stop(): Promise<void>;
}

/** HubSpot sends up to 100 events, about 30 kB; a card sends 1 MB at most (hubspot-project.md §3.4). */
const bodyLimit = "2mb";
export async function startHttpServer(ctx: HttpContext): Promise<HttpServer> {
  const app = express();
  const leaving = { soon: false };
  app.disable("x-powered-by");
  app.set("etag", false);
  // Every field: the usual limit of 1,000 would drop those that HubSpot appends, and the caller's own would be believed.
  app.set("query parser", (query: string) => parseQuery(query, "&", "=", { maxKeys: 0 }));
  app.use(turnAway(leaving));
  // The signature is over the raw bytes, so nobody parses the body before it is checked.
  app.use(express.raw({ type: () => true, limit: bodyLimit, inflate: false }));
  // A process that only works still says how it is.
  for (const route of ctx.config.role === "worker" ? operatorRoutes : routes) {
    app[route.method](route.path, (req, res) => route.handle(ctx, req, res));
  }
  await mountQueuePage(ctx, app);
  app.use(() => {
    throw new NotFound("There is nothing at this address.");
  });
  app.use(handleErrors(ctx));
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 65_000 }, app);
  await listen(server, ctx.config.http.host, ctx.config.http.port);
  const { port } = server.address() as AddressInfo;
  return { url: `http://${ctx.config.http.host}:${port}`, stop: () => stop(server, leaving, ctx.config.http.drainMs) };
}

async function mountQueuePage(ctx: HttpContext, app: Express): Promise<void> {
  const { operatorPassword } = ctx.config.http;
  if (ctx.config.role === "worker" || !operatorPassword || !ctx.queueBoard) return;
  const { queuePage } = await import("./queue-page.ts");
  app.use(queuePagePath, requireOperator(operatorPassword, ctx.now), queuePage(await ctx.queueBoard()));
}

/** From the moment that we are told to stop: whoever asks is answered, learns it, and comes back on another connection. */
function turnAway(leaving: { readonly soon: boolean }): RequestHandler {
  return (req, res, next) => {
    if (!leaving.soon) return next();
    res.set("connection", "close");
    if (req.path !== "/readyz") return next();
    res.status(503).json({ ready: false, stopping: true });
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? new PortTaken(host, port) : error),
    );
    server.listen(port, host, resolve);
  });
}

async function stop(server: Server, leaving: { soon: boolean }, drainMs: number): Promise<void> {
  leaving.soon = true;
  await new Promise((resolve) => setTimeout(resolve, drainMs));
  await close(server);
}

/** Requests under way are answered; idle connections are closed at once. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 10_000).unref();
  });
}
