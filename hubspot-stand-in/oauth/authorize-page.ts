import type { AppDefinition } from "../app-definition.ts";
import type { Portal } from "../portal.ts";

export interface AuthorizePageContent {
  readonly app: AppDefinition;
  readonly portals: readonly Portal[];
  readonly query: URLSearchParams;
  readonly scopes: readonly string[];
  readonly optionalScopes: readonly string[];
}

/** Plain on purpose: it must not pass for HubSpot's own page. */
export function authorizePage({ app, portals, query, scopes, optionalScopes }: AuthorizePageContent): string {
  const hidden = [...query].map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const choices = portals.map(({ settings }) => {
    const text = `${settings.name} (portal ${settings.portalId})`;
    return `<option value="${settings.portalId}">${escapeHtml(text)}</option>`;
  });
  const list = (title: string, names: readonly string[]) =>
    names.length > 0
      ? `<h2>${title}</h2><ul>${names.map((name) => `<li><code>${escapeHtml(name)}</code></li>`).join("")}</ul>`
      : "";
  return frame(`
    <h1>Connect ${escapeHtml(app.name ?? `app ${app.appId}`)}</h1>
    <form method="post" action="/oauth/authorize/allow">
      ${hidden.join("\n      ")}
      <p><label>Portal <select name="portalId" id="portal">${choices.join("")}</select></label></p>
      ${list("The app asks for", scopes)}
      ${list("If the portal has them", optionalScopes)}
      <p>
        <button id="allow" name="decision" value="allow">Allow</button>
        <button id="deny" name="decision" value="deny">Cancel</button>
      </p>
    </form>`);
}

export function refusalPage(reason: string): string {
  return frame(`<h1>The app cannot be connected</h1><p id="reason">${escapeHtml(reason)}</p>`);
}

export function toldPage(what: string): string {
  return frame(`<h1>${escapeHtml(what)}</h1>`);
}

function frame(content: string): string {
  return `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>HubSpot stand-in</title>
  <style>body{font:16px system-ui;max-width:40rem;margin:3rem auto;padding:0 1rem}
  .label{background:#fde68a;padding:.25rem .5rem}button{font:inherit;padding:.5rem 1rem}</style></head>
  <body><p class="label">Stand-in on this machine. This is not HubSpot.</p>${content}</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
