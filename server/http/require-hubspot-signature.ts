import { asPortalId, type PortalId } from "@touchstone/shared/ids.ts";
import type { Request } from "express";
import type { Context } from "../context.ts";
import { Unauthenticated } from "../errors.ts";
import { verifySignature } from "./hubspot-signature.ts";

type Parts = Pick<Context, "config" | "now" | "log" | "metrics">;

/** The raw bytes of a request; empty when it had no body. */
export const rawBodyOf = (req: Request): Buffer => (Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0));

/**
 * Throws unless HubSpot signed this very request for the address under which it reaches us. The address is made from our
 * own configuration, never from the Host header.
 */
export function requireHubSpotSignature(ctx: Parts, req: Request): void {
  const { clientSecret, previousClientSecret } = ctx.config.hubspot;
  const verdict = verifySignature(
    {
      method: req.method,
      url: `${ctx.config.http.publicUrl}${req.originalUrl}`,
      rawBody: rawBodyOf(req),
      signature: req.header("x-hubspot-signature-v3"),
      timestamp: req.header("x-hubspot-request-timestamp"),
    },
    previousClientSecret ? [clientSecret, previousClientSecret] : [clientSecret],
    ctx.now(),
  );
  if (verdict !== "valid") throw new Unauthenticated(`signature ${verdict}`);
}

/**
 * Throws when a person stands behind a signed request. HubSpot signs with the same secret what its own machines send and what anybody in
 * any portal lets a card fetch, whatever address and body they choose; but it names such a person in the query (hubspot-project.md
 * §3.4). A body that says which portal it is about is believed to machines only, and they call the bare address.
 */
export function refusePeople(req: Request): void {
  if (req.originalUrl.includes("?"))
    throw new Unauthenticated("a person's request where only HubSpot's machines may call");
}

/** Who asks, from the signed query that HubSpot's proxy appends (hubspot-project.md §3.4). */
export interface CardCaller {
  readonly portalId: PortalId;
  readonly userId: string;
}

export function readCardCaller(ctx: Parts, req: Request): CardCaller {
  requireHubSpotSignature(ctx, req);
  const { portalId, userId, appId } = req.query;
  if (
    typeof portalId !== "string" ||
    !/^\d{1,15}$/.test(portalId) ||
    typeof userId !== "string" ||
    !/^\d{1,15}$/.test(userId)
  ) {
    throw new Unauthenticated("signed request without portalId and userId");
  }
  if (appId !== undefined && appId !== String(ctx.config.hubspot.appId))
    throw new Unauthenticated("signed for another app");
  return { portalId: asPortalId(Number(portalId)), userId };
}
