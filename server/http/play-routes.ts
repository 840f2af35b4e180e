import { playTemplates } from "@touchstone/shared/play-templates.ts";
import type { Request } from "express";
import { NotFound } from "../errors.ts";
import { launch } from "../programme/plays/launch-play.ts";
import { getPlay, listAllPlays } from "../programme/plays/list-plays.ts";
import { approve, editPlay, type Move, makePlay, moveOn } from "../programme/plays/make-play.ts";
import { enrol, listTouches, noteTouch } from "../programme/plays/run-play.ts";
import { forInstalled, jsonOf, type Route } from "./card-route.ts";

/** Plays; every request is signed by HubSpot. */
export const playRoutes: readonly Route[] = [
  { method: "get", path: "/api/plays", handle: forInstalled((ctx, caller) => listAllPlays(ctx, caller.portalId)) },
  { method: "get", path: "/api/plays/templates", handle: forInstalled(async () => ({ templates: playTemplates })) },
  {
    method: "post",
    path: "/api/plays",
    handle: forInstalled((ctx, caller, req) => makePlay(ctx, caller.portalId, caller.userId, jsonOf(req))),
  },
  {
    method: "get",
    path: "/api/plays/:playId",
    handle: forInstalled((ctx, caller, req) => getPlay(ctx, caller.portalId, playIdOf(req))),
  },
  {
    method: "post",
    path: "/api/plays/:playId",
    handle: forInstalled((ctx, caller, req) => editPlay(ctx, caller.portalId, playIdOf(req), jsonOf(req))),
  },
  {
    method: "post",
    path: "/api/plays/:playId/approve",
    handle: forInstalled((ctx, caller, req) => approve(ctx, caller.portalId, playIdOf(req), caller.userId)),
  },
  {
    method: "post",
    path: "/api/plays/:playId/launch",
    handle: forInstalled((ctx, caller, req) => launch(ctx, caller.portalId, playIdOf(req), caller.userId, jsonOf(req))),
  },
  ...(["pause", "resume", "retire"] as const).map(
    (move: Move): Route => ({
      method: "post",
      path: `/api/plays/:playId/${move}`,
      handle: forInstalled((ctx, caller, req) => moveOn(ctx, caller.portalId, playIdOf(req), move)),
    }),
  ),
  {
    method: "post",
    path: "/api/plays/:playId/accounts",
    handle: forInstalled((ctx, caller, req) => enrol(ctx, caller.portalId, playIdOf(req), caller.userId, jsonOf(req))),
  },
  {
    method: "get",
    path: "/api/plays/:playId/touches",
    handle: forInstalled((ctx, caller, req) => listTouches(ctx, caller.portalId, playIdOf(req))),
  },
  {
    method: "post",
    path: "/api/plays/:playId/touches",
    handle: forInstalled((ctx, caller, req) =>
      noteTouch(ctx, caller.portalId, playIdOf(req), caller.userId, jsonOf(req)),
    ),
  },
];

function playIdOf(req: Request): string {
  const { playId } = req.params;
  if (typeof playId !== "string" || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(playId)) {
    throw new NotFound("There is no such play.");
  }
  return playId;
}
