import type { Request } from "express";
import { listJudgements } from "../accounts/list-judgements.ts";
import { BadRequest, NotFound } from "../errors.ts";
import { requireInstalled } from "../install/get-portal-status.ts";
import { createApiKey, endApiKey, requireApiKey, showApiKeys } from "../intake/api-keys.ts";
import { importSignals } from "../intake/import-signals.ts";
import { receiveSignals } from "../intake/receive-signals.ts";
import { listSources, muteSource } from "../intake/signal-sources.ts";
import { companyIdOf, forInstalled, forInstaller, type HttpContext, jsonOf, type Route } from "./card-route.ts";
import { rawBodyOf } from "./require-hubspot-signature.ts";

/** Signals that other systems send, by key, and what an admin sees and decides about them, signed by HubSpot. */
export const signalRoutes: readonly Route[] = [
  {
    method: "post",
    path: "/api/signals",
    handle: async (ctx, req, res) => {
      const { portalId, keyId } = await keyOf(ctx, req);
      res.set("cache-control", "no-store").json(await receiveSignals(ctx, portalId, keyId, rawBodyOf(req)));
    },
  },
  {
    method: "post",
    path: "/api/signals/import",
    handle: async (ctx, req, res) => {
      if (req.header("authorization") === undefined) return importForCard(ctx, req, res);
      const { portalId, keyId } = await keyOf(ctx, req);
      const view = await importSignals(ctx, portalId, `key:${keyId}`, rawBodyOf(req));
      res.set("cache-control", "no-store").json(view);
    },
  },
  {
    method: "get",
    path: "/api/signals/sources",
    handle: forInstalled((ctx, caller) => listSources(ctx, caller.portalId)),
  },
  {
    method: "post",
    path: "/api/signals/sources",
    handle: forInstaller((ctx, caller, req) => muteSource(ctx, caller.portalId, caller.userId, jsonOf(req))),
  },
  {
    method: "get",
    path: "/api/portal/api-keys",
    handle: forInstalled((ctx, caller) => showApiKeys(ctx, caller.portalId)),
  },
  {
    method: "post",
    path: "/api/portal/api-keys",
    handle: forInstaller((ctx, caller, req) => createApiKey(ctx, caller.portalId, caller.userId, jsonOf(req))),
  },
  {
    method: "post",
    path: "/api/portal/api-keys/:keyId/revoke",
    handle: forInstaller((ctx, caller, req) => endApiKey(ctx, caller.portalId, caller.userId, keyIdOf(req))),
  },
  {
    method: "get",
    path: "/api/accounts/:companyId/judgements",
    handle: forInstalled((ctx, caller, req) => listJudgements(ctx, caller.portalId, companyIdOf(req))),
  },
];

async function keyOf(ctx: HttpContext, req: Request) {
  const key = await requireApiKey(ctx, req.header("authorization"));
  await requireInstalled(ctx, key.portalId);
  return key;
}

/** A page of HubSpot's can send JSON only: there the file is the text `csv`. */
const importForCard = forInstalled((ctx, caller, req) => {
  const body = jsonOf(req);
  const csv = typeof body === "object" && body !== null && "csv" in body ? body.csv : null;
  if (typeof csv !== "string") throw new BadRequest('Send the file as {"csv": "…"}. Nothing was stored.');
  return importSignals(ctx, caller.portalId, `import:${caller.userId}`, Buffer.from(csv));
});

function keyIdOf(req: Request): string {
  const id = req.params.keyId;
  if (typeof id !== "string" || !/^[a-f0-9]{12}$/.test(id)) throw new NotFound("There is no such key.");
  return id;
}
