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
  const value = pairs.map((pair) => pair.trim()).find((pair) => pair.startsWith(`${name}=`));
  return value ? decodeURIComponent(value.slice(name.length + 1)) : undefined;
}
