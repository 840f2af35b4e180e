import { createHash, timingSafeEqual } from "node:crypto";
import { asPortalId, type PortalId } from "@touchstone/shared/ids.ts";
import type { Request } from "express";
import { z } from "zod";
import type { Context } from "../context.ts";
import { BadRequest, Unauthenticated } from "../errors.ts";
import { rawBodyOf, refusePeople } from "./require-hubspot-signature.ts";

/** What HubSpot sends when a workflow or an agent runs an action (hubspot-api.md §6.6). */
const orderSchema = z.object({
  /** The same order sent again has the same id. */
  callbackId: z.string().min(1).max(200),
  origin: z.object({ portalId: z.number().int().positive() }),
  object: z
    .object({
      objectId: z
        .union([z.string(), z.number()])
        .transform(String)
        .pipe(z.string().regex(/^\d{1,20}$/)),
      objectType: z.string().max(50),
    })
    .nullish(),
  inputFields: z.record(z.string().max(100), z.unknown()).default({}),
});

export interface WorkflowOrder {
  readonly portalId: PortalId;
  readonly callbackId: string;
  readonly object: { readonly id: string; readonly type: "COMPANY" | "CONTACT" } | null;
  readonly inputFields: Readonly<Record<string, unknown>>;
}

/**
 * Throws unless HubSpot signed this request the v2 way (§3.6). Such a signature has no time in it, so it holds for ever: an
 * order may only do what does no harm when it is done again.
 */
export function readWorkflowOrder(ctx: Pick<Context, "config">, req: Request): WorkflowOrder {
  refusePeople(req);
  const { clientSecret, previousClientSecret } = ctx.config.hubspot;
  const signature = req.header("x-hubspot-signature") ?? "";
  if (!/^[0-9a-f]{64}$/.test(signature)) throw new Unauthenticated("workflow signature missing or malformed");
  const given = Buffer.from(signature, "hex");
  const body = rawBodyOf(req);
  const url = `${ctx.config.http.publicUrl}${req.originalUrl}`;
  let valid = false;
  for (const secret of previousClientSecret ? [clientSecret, previousClientSecret] : [clientSecret]) {
    const expected = createHash("sha256")
      .update(secret + req.method + url)
      .update(body)
      .digest();
    if (timingSafeEqual(expected, given)) valid = true;
  }
  if (!valid) throw new Unauthenticated("workflow signature forged");
  return toOrder(body);
}

function toOrder(body: Buffer): WorkflowOrder {
  let parsed: z.infer<typeof orderSchema>;
  try {
    parsed = orderSchema.parse(JSON.parse(body.toString("utf8")));
  } catch {
    throw new BadRequest("This is no order of a workflow. Nothing was changed.");
  }
  const type = parsed.object?.objectType.toUpperCase();
  return {
    portalId: asPortalId(parsed.origin.portalId),
    callbackId: parsed.callbackId,
    object: parsed.object && (type === "COMPANY" || type === "CONTACT") ? { id: parsed.object.objectId, type } : null,
    inputFields: parsed.inputFields,
  };
}
