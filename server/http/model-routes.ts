import type { PreviewLine } from "@touchstone/shared/models-api.ts";
import type { Request, Response } from "express";
import { AppError, NotFound } from "../errors.ts";
import { requireInstalled } from "../install/get-portal-status.ts";
import { importScore } from "../models/import-score.ts";
import { getModelVersion, getTemplate, listModels, openModel } from "../models/list-models.ts";
import { previewModel } from "../models/preview-model.ts";
import { publishModel, rollBackModel } from "../models/publish-model.ts";
import { forInstalled, forInstaller, forQuestion, type HttpContext, jsonOf, type Route } from "./card-route.ts";
import { readTierCaps } from "./read-tier-caps.ts";
import { readCardCaller } from "./require-hubspot-signature.ts";

/** HubSpot's fetch gives up after 15 s unless the page asks for more (hubspot-project.md §3.4). */
const jsonLimitMs = 12_000;
const streamLimitMs = 10 * 60_000;
const progressEveryMs = 500;

/** A portal's scoring models; every request is signed by HubSpot, and only the installer changes what all see. */
export const modelRoutes: readonly Route[] = [
  { method: "get", path: "/api/models", handle: forInstalled((ctx, caller) => listModels(ctx, caller.portalId)) },
  {
    method: "get",
    path: "/api/models/templates/:key",
    handle: forInstalled(async (_ctx, _caller, req) => getTemplate(keyOf(req))),
  },
  {
    method: "post",
    path: "/api/models/form",
    handle: forQuestion(async (_ctx, _caller, req) => openModel(jsonOf(req))),
  },
  {
    method: "get",
    path: "/api/models/:key/versions/:version",
    handle: forInstalled((ctx, caller, req) => getModelVersion(ctx, caller.portalId, keyOf(req), versionOf(req))),
  },
  {
    method: "post",
    path: "/api/models/preview",
    handle: (ctx, req, res) =>
      req.header("accept")?.includes("application/x-ndjson")
        ? streamPreview(ctx, req, res)
        : answerPreview(ctx, req, res),
  },
  {
    method: "post",
    path: "/api/models/publish",
    handle: forInstaller((ctx, caller, req) => publishModel(ctx, caller.portalId, caller.userId, jsonOf(req))),
  },
  {
    method: "post",
    path: "/api/models/rollback",
    handle: forInstaller((ctx, caller, req) => rollBackModel(ctx, caller.portalId, caller.userId, jsonOf(req))),
  },
  {
    method: "post",
    path: "/api/models/import-hubspot-score",
    handle: forInstaller(async (_ctx, _caller, req) => importScore(jsonOf(req))),
  },
];

const answerPreview = forQuestion(async (ctx, { portalId }, req) =>
  previewModel(ctx, portalId, jsonOf(req), {
    tierCaps: await readTierCaps(ctx, portalId),
    timeLimitMs: jsonLimitMs,
  }),
);

/** Lines of progress, then the result. What is wrong with the draft is still an error answer: nothing was sent before. */
async function streamPreview(ctx: HttpContext, req: Request, res: Response): Promise<void> {
  const { portalId } = readCardCaller(ctx, req);
  await requireInstalled(ctx, portalId);
  let saidAt = 0;
  const say = (line: PreviewLine) => {
    if (!res.headersSent) res.status(200).type("application/x-ndjson").set("cache-control", "no-store");
    res.write(`${JSON.stringify(line)}\n`);
  };
  try {
    const preview = await previewModel(ctx, portalId, jsonOf(req), {
      tierCaps: await readTierCaps(ctx, portalId),
      timeLimitMs: streamLimitMs,
      isAbandoned: () => res.destroyed,
      onProgress: (scored, accounts) => {
        if (performance.now() - saidAt < progressEveryMs) return;
        saidAt = performance.now();
        say({ type: "progress", scored, accounts });
      },
    });
    say({ type: "result", preview });
  } catch (error) {
    if (!res.headersSent) throw error;
    // The status is on its way already: the last line says what happened, the log the rest.
    ctx.log.error({ portalId, reason: error instanceof Error ? error.message : "unknown" }, "a preview broke off");
    const message =
      error instanceof AppError ? error.publicMessage : "The preview broke off. Nothing was changed. Try again.";
    say({ type: "error", error: error instanceof AppError ? error.name : "InternalError", message });
  }
  res.end();
}

function keyOf(req: Request): string {
  const { key } = req.params;
  if (typeof key !== "string" || !/^[a-z][a-z0-9_-]{0,63}$/.test(key)) throw new NotFound("There is no such model.");
  return key;
}

function versionOf(req: Request): number {
  const { version } = req.params;
  if (typeof version !== "string" || !/^[1-9]\d{0,6}$/.test(version)) throw new NotFound("There is no such version.");
  return Number(version);
}
