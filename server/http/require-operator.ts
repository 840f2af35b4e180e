import type { RequestHandler } from "express";
import { sameSecret } from "./same-secret.ts";

/** Wrong passwords that one address may send in a window, before nobody from there is let in until it ends. */
const mostTries = 10;
const windowMs = 60_000;
/** Addresses that are remembered; with more, the oldest is forgotten. */
const mostAddresses = 1_000;

const securityHeaders = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
} as const;

/** HTTP basic authentication with one password; the name does not matter. Lets reading requests through only. */
export function requireOperator(password: string, now: () => number): RequestHandler {
  const failures = createFailures(now);
  return (req, res, next) => {
    res.set(securityHeaders);
    const from = req.socket.remoteAddress ?? "";
    const waitMs = failures.waitMs(from);
    if (waitMs > 0) {
      res.set("retry-after", String(Math.ceil(waitMs / 1000)));
      return void res.status(429).type("text").send("Too many wrong passwords. Try again in a minute.\n");
    }
    const given = readPassword(req.header("authorization"));
    if (given === null || !sameSecret(given, password)) {
      if (given !== null) failures.add(from);
      res.set("www-authenticate", 'Basic realm="Touchstone operators", charset="UTF-8"');
      return void res.status(401).type("text").send("This page is for the operators of this server.\n");
    }
    if (req.method !== "GET" && req.method !== "HEAD")
      return void res.status(405).set("allow", "GET, HEAD").type("text").send("This page only shows.\n");
    next();
  };
}

function readPassword(authorization: string | undefined): string | null {
  const encoded = /^Basic ([A-Za-z0-9+/=]{1,2000})$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  return text.slice(text.indexOf(":") + 1);
}

function createFailures(now: () => number) {
  const byAddress = new Map<string, { tries: number; endsAt: number }>();
  return {
    waitMs: (from: string): number => {
      const known = byAddress.get(from);
      return known && known.tries >= mostTries ? Math.max(0, known.endsAt - now()) : 0;
    },
    add: (from: string): void => {
      const known = byAddress.get(from);
      if (known && known.endsAt > now()) {
        known.tries += 1;
        return;
      }
      byAddress.delete(from);
      byAddress.set(from, { tries: 1, endsAt: now() + windowMs });
      const [oldest] = byAddress.keys();
      if (byAddress.size > mostAddresses && oldest !== undefined) byAddress.delete(oldest);
    },
  };
}
