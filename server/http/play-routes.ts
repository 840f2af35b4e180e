import type { Request } from "express";
import { NotFound } from "../errors.ts";
import { launch } from "../programme/plays/launch-play.ts";
import { getPlay, listAllPlays } from "../programme/plays/list-plays.ts";
import { approve, editPlay, type Move, makePlay, moveOn } from "../programme/plays/make-play.ts";
import { listEnrolments, moveEnrolment } from "../programme/plays/move-enrolment.ts";
import { enrol, listTouches, noteTouch } from "../programme/plays/run-play.ts";
import { forgetTemplate, listPlayTemplates, saveAsTemplate } from "../programme/plays/save-template.ts";
import { companyIdOf, forInstalled, jsonOf, type Route } from "./card-route.ts";

/** Plays; every request is signed by HubSpot. */
export const playRoutes: readonly Route[] = [
  { method: "get", path: "/api/plays", handle: forInstalled((ctx, caller) => listAllPlays(ctx, caller.portalId)) },
  {
    method: "get",
    path: "/api/plays/templates",
    handle: forInstalled((ctx, caller) => listPlayTemplates(ctx, caller.portalId)),
  },
  {
    method: "post",
    path: "/api/plays/templates/:templateId/forget",
    handle: forInstalled((ctx, caller, req) => forgetTemplate(ctx, caller.portalId, idOf(req, "templateId"))),
  },
  {
    method: "post",
    path: "/api/plays/:playId/template",
    handle: forInstalled((ctx, caller, req) =>
      saveAsTemplate(ctx, caller.portalId, playIdOf(req), caller.userId, jsonOf(req)),
    ),
  },
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
    path: "/api/plays/:playId/accounts",
    handle: forInstalled((ctx, caller, req) => listEnrolments(ctx, caller.portalId, playIdOf(req))),
  },
  {
    method: "post",
    path: "/api/plays/:playId/accounts/:companyId",
    handle: forInstalled((ctx, caller, req) =>
      moveEnrolment(ctx, caller.portalId, {
        playId: playIdOf(req),
        accountId: companyIdOf(req),
        userId: caller.userId,
        body: jsonOf(req),
      }),
    ),
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

const playIdOf = (req: Request): string => idOf(req, "playId");

function idOf(req: Request, name: "playId" | "templateId"): string {
  const id = req.params[name];
  if (typeof id !== "string" || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) {
    throw new NotFound(name === "playId" ? "There is no such play." : "There is no such template.");
  }
  return id;
}
