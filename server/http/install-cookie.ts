import type { Request, Response } from "express";
import type { Beginning } from "../install/install-state.ts";

const name = "touchstone_install";

/**
 * Binds an install to the browser that began it. `Lax` comes along when HubSpot sends the browser back. HubSpot ends what began at its
 * Marketplace inside its own page, and asks for `None` there, which browsers take over https only.
 */
const optionsFor = (publicUrl: string, beginning: Beginning) => {
  const secure = publicUrl.startsWith("https:");
  const sameSite = beginning === "marketplace" && secure ? "none" : "lax";
  return { httpOnly: true, sameSite, secure, path: "/oauth" } as const;
};

export function setInstallCookie(
  res: Response,
  given: { state: string; beginning: Beginning; publicUrl: string; maxAgeMs: number },
): void {
  res.cookie(name, given.state, { ...optionsFor(given.publicUrl, given.beginning), maxAge: given.maxAgeMs });
}

/** What is left of an install that is over would stand in the way of the next one. */
export function clearInstallCookie(res: Response, publicUrl: string): void {
  res.clearCookie(name, optionsFor(publicUrl, "marketplace"));
}

export function readInstallCookie(req: Request): string | undefined {
  const pairs = (req.header("cookie") ?? "").slice(0, 8_000).split(";");
  // A state has no letter that a cookie would encode, so there is nothing to decode.
  return pairs
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}
