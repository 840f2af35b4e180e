import type { BaseAdapter } from "@bull-board/api/baseAdapter";
import { asAccountId, asPersonId } from "@touchstone/shared/ids.ts";
import type { Request, Response } from "express";
import type { Context } from "../context.ts";
import { BadRequest, Forbidden, NotFound } from "../errors.ts";
import { requireInstalled, requireInstaller } from "../install/get-portal-status.ts";
import type { TokenCipher } from "../install/token-cipher.ts";
import { readViewOnly } from "../install/view-only.ts";
import { type CardCaller, rawBodyOf, readCardCaller } from "./require-hubspot-signature.ts";

export type HttpContext = Context & {
  readonly cipher: TokenCipher;
  /** The queue as the operators' page shows it. */
  readonly queueBoard?: () => Promise<BaseAdapter>;
};

/** Something that can be asked of this server from outside. */
export interface Route {
  readonly method: "get" | "post";
  readonly path: string;
  handle(ctx: HttpContext, req: Request, res: Response): Promise<void>;
}

type Answer = (ctx: HttpContext, caller: CardCaller, req: Request) => Promise<object>;

/** A request of a card or page, signed by HubSpot and answered as JSON. */
export function forCard(answer: Answer): Route["handle"] {
  return async (ctx, req, res) => {
    const caller = readCardCaller(ctx, req);
    res.set("cache-control", "no-store").json(await answer(ctx, caller, req));
  };
}

/**
 * The same, refused when the portal has not installed the app or took it away. Who may only look is told so with every
 * answer, and may not send what changes anything.
 */
export const forInstalled = (answer: Answer): Route["handle"] =>
  forCard(async (ctx, caller, req) => {
    const viewOnly = await readViewOnly(ctx, caller.portalId, caller.userId);
    if (viewOnly === null) return answer(ctx, caller, req);
    if (req.method !== "GET") throw new Forbidden(`${viewOnly} Nothing was changed.`);
    return { ...(await answer(ctx, caller, req)), viewOnly };
  });

/** A question that is too long for an address: it is posted and changes nothing, so anybody may ask it. */
export const forQuestion = (answer: Answer): Route["handle"] =>
  forCard(async (ctx, caller, req) => {
    await requireInstalled(ctx, caller.portalId);
    return answer(ctx, caller, req);
  });

/** What only the person who connected the app may do. */
export const forInstaller = (answer: Answer): Route["handle"] =>
  forCard(async (ctx, caller, req) => {
    await requireInstaller(ctx, caller.portalId, caller.userId);
    return answer(ctx, caller, req);
  });

export function companyIdOf(req: Request) {
  const id = req.params.companyId;
  if (typeof id !== "string" || !/^\d{1,20}$/.test(id)) throw new NotFound("There is no company with such an id.");
  return asAccountId(id);
}

export function personIdOf(req: Request) {
  const id = req.params.personId;
  if (typeof id !== "string" || !/^\d{1,20}$/.test(id)) throw new NotFound("There is no person with such an id.");
  return asPersonId(id);
}

export function dealIdOf(req: Request): string {
  const id = req.params.dealId;
  if (typeof id !== "string" || !/^\d{1,20}$/.test(id)) throw new NotFound("There is no deal with such an id.");
  return id;
}

export function jsonOf(req: Request): unknown {
  try {
    return JSON.parse(rawBodyOf(req).toString("utf8"));
  } catch {
    throw new BadRequest("The body is not JSON. Nothing was changed.");
  }
}
