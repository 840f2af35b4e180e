import type { Request, Response } from "express";
import { countLetters } from "../db/dead-letters.ts";
import { NotFound } from "../errors.ts";
import type { HttpContext, Route } from "./card-route.ts";
import { checkReady } from "./check-health.ts";
import { sameSecret } from "./same-secret.ts";

/** What a process says of itself, whatever its role. */
export const operatorRoutes: readonly Route[] = [
  { method: "get", path: "/healthz", handle: async (_ctx, _req, res) => void res.json({ alive: true }) },
  {
    method: "get",
    path: "/readyz",
    handle: async (ctx, _req, res) => {
      const health = await checkReady(ctx);
      res.status(health.ready ? 200 : 503).json(health);
    },
  },
  { method: "get", path: "/metrics", handle: showMetrics },
];

async function showMetrics(ctx: HttpContext, req: Request, res: Response): Promise<void> {
  if (!mayReadMetrics(ctx, req)) throw new NotFound("There is nothing here.");
  try {
    ctx.metrics.lettersCounted(await countLetters(ctx.db, null));
  } catch (error) {
    // The other measurements are needed most while the database is away.
    ctx.log.warn({ reason: error instanceof Error ? error.message : "unknown" }, "dead letters could not be counted");
  }
  res.type(ctx.metrics.registry.contentType).send(await ctx.metrics.registry.metrics());
}

const thisMachine = /^(127(\.\d+){3}|localhost|\[::1\])$/;

/**
 * Without a token only where nobody outside can ask: a proxy on this machine asks from 127.0.0.1 too and need not say for
 * whom, so an address that the world reaches always needs the token.
 */
function mayReadMetrics(ctx: HttpContext, req: Request): boolean {
  const { metricsToken, publicUrl } = ctx.config.http;
  if (metricsToken) return sameSecret(req.header("authorization") ?? "", `Bearer ${metricsToken}`);
  const from = req.socket.remoteAddress ?? "";
  return (
    thisMachine.test(new URL(publicUrl).hostname) &&
    ["127.0.0.1", "::1", "::ffff:127.0.0.1"].includes(from) &&
    !["forwarded", "x-forwarded-for", "x-real-ip", "via"].some((name) => req.header(name) !== undefined)
  );
}
