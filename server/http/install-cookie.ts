import type { Request, Response } from "express";

const name = "touchstone_install";

/** Binds an install to the browser that began it. `Lax`, so that it comes along when HubSpot sends the browser back. */
export function setInstallCookie(res: Response, state: string, publicUrl: string, maxAgeMs: number): void {
  res.cookie(name, state, {
    httpOnly: true,
    sameSite: "lax",
    secure: publicUrl.startsWith("https:"),
    maxAge: maxAgeMs,
    path: "/oauth",
  });
}

export function readInstallCookie(req: Request): string | undefined {
  const pairs = (req.header("cookie") ?? "").slice(0, 8_000).split(";");
  // A state has no letter that a cookie would encode, so there is nothing to decode.
  return pairs
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}
