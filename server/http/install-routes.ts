import type { Request, Response } from "express";
import { beginAtMarketplace, beginInstall } from "../install/begin-install.ts";
import { completeInstall } from "../install/complete-install.ts";
import { type Beginning, stateLifetimeMs } from "../install/install-state.ts";
import type { HttpContext, Route } from "./card-route.ts";
import { clearInstallCookie, readInstallCookie, setInstallCookie } from "./install-cookie.ts";
import { sendInstalledPage } from "./install-page.ts";

/** Where installs begin and come back: HubSpot calls one address for both, with a `step` when the Marketplace began it. */
export const installRoutes: readonly Route[] = [
  {
    method: "get",
    path: "/oauth/install",
    handle: async (ctx, _req, res) => send(ctx, res, "here", beginInstall(ctx)),
  },
  {
    method: "get",
    path: "/oauth/callback",
    handle: async (ctx, req, res) => {
      const answer = answerOf(req);
      // A Marketplace listing may open the address with nothing (3P: eshopman-com.pages.dev, "HubSpot Marketplace App Install Flow").
      if (Object.keys(req.query).length === 0) return send(ctx, res, "here", beginInstall(ctx));
      if (answer.step === "authorize") return send(ctx, res, "marketplace", beginAtMarketplace(ctx, answer));
      const { returnUrl } = await completeInstall(ctx, answer);
      clearInstallCookie(res, ctx.config.http.publicUrl);
      // HubSpot asks the person to sign in again and again until the browser is back where it wants it. A code holds once, so what
      // ends here ends on a page of its own, which may be loaded again.
      res.redirect(303, returnUrl ?? "installed");
    },
  },
  {
    method: "get",
    path: "/oauth/installed",
    handle: async (_ctx, _req, res) => sendInstalledPage(res),
  },
];

function send(
  { config }: HttpContext,
  res: Response,
  beginning: Beginning,
  { location, state }: { location: string; state: string },
): void {
  setInstallCookie(res, { state, beginning, publicUrl: config.http.publicUrl, maxAgeMs: stateLifetimeMs });
  res.redirect(302, location);
}

const answerOf = (req: Request) => ({
  step: textOf(req.query.step),
  code: textOf(req.query.code),
  state: textOf(req.query.state),
  returnUrl: textOf(req.query.returnUrl),
  error: textOf(req.query.error),
  cookie: readInstallCookie(req),
});

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value.length <= 4_000 ? value : undefined;
