import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { parse as parseQuery } from "node:querystring";
import express from "express";
import { NotFound } from "../errors.ts";
import type { HttpContext, Route } from "./card-route.ts";
import { handleErrors } from "./handle-errors.ts";
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
/** A process that only works still says how it is. */
const isForOperators = (route: Route) => ["/healthz", "/readyz", "/metrics"].includes(route.path);

export async function startHttpServer(ctx: HttpContext): Promise<HttpServer> {
  const app = express();
  app.disable("x-powered-by");
  app.set("etag", false);
  // Every field: the usual limit of 1,000 would drop those that HubSpot appends, and the caller's own would be believed.
  app.set("query parser", (query: string) => parseQuery(query, "&", "=", { maxKeys: 0 }));
  // The signature is over the raw bytes, so nobody parses the body before it is checked.
  app.use(express.raw({ type: () => true, limit: bodyLimit, inflate: false }));
  for (const route of ctx.config.role === "worker" ? routes.filter(isForOperators) : routes) {
    app[route.method](route.path, (req, res) => route.handle(ctx, req, res));
  }
  app.use(() => {
    throw new NotFound("There is nothing at this address.");
  });
  app.use(handleErrors(ctx));
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 65_000 }, app);
  await listen(server, ctx.config.http.host, ctx.config.http.port);
  const { port } = server.address() as AddressInfo;
  return { url: `http://${ctx.config.http.host}:${port}`, stop: () => close(server) };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? new PortTaken(host, port) : error),
    );
    server.listen(port, host, resolve);
  });
}

/** Requests under way are answered; idle connections are closed at once. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 10_000).unref();
  });
}
