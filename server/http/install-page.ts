import { escapeHtml } from "@touchstone/shared/escape-html.ts";
import type { Response } from "express";

/** HubSpot shows the end of an install that began at its Marketplace inside its own page, so it may frame what went wrong there. */
const headers = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors https://*.hubspot.com",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
} as const;

export function sendInstalledPage(res: Response): void {
  const lines = [
    "It now reads the companies, contacts, deals and activities of this portal and scores them. The first scores " +
      "appear on company records within seconds; a large account takes some minutes.",
    "What comes next stands on Touchstone's home page in HubSpot, under Apps: a checklist of what is done and of what only a person " +
      "can do. The first of it: HubSpot places no card by itself. In its settings, under Objects → Companies → Record customization, " +
      "add the cards Account score, Score history and Tier of the account to a tab, and Account at a glance to the sidebar.",
  ];
  send(res, pageOf("Touchstone is installed", lines, ""));
}

/** An install that failed: what happened, what was kept, and the way to try again. */
export function sendFailedPage(res: Response, message: string): void {
  // Out of HubSpot's frame: its page of consent refuses to be shown in one.
  const again = '<p><a href="install" target="_top">Begin again</a></p>';
  send(res, pageOf("This install did not go on", [message], again));
}

const send = (res: Response, page: string) => void res.set(headers).type("html").send(page);

const pageOf = (title: string, lines: readonly string[], end: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>
<body style="font:16px/1.5 system-ui;max-width:34em;margin:4em auto;padding:0 1em"><h1>${escapeHtml(title)}</h1>
${lines.map((line) => `<p>${escapeHtml(line)}</p>`).join("\n")}
${end}</body></html>`;
