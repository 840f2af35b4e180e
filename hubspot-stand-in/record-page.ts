import type { IncomingMessage, ServerResponse } from "node:http";
import { type BrowserAssets, buildBrowserAssets } from "./record-page/browser-assets.ts";
import { companyPageHtml, portalPageHtml } from "./record-page/page-html.ts";
import type { RecordPageOptions } from "./record-page/record-page-options.ts";
import { readJsonBody, sendFile, sendHtml, sendJson } from "./record-page/send.ts";

export type { RecordPageCard, RecordPageEvent, RecordPageOptions } from "./record-page/record-page-options.ts";

/** Answers a request that is for the pages and says true, or leaves it alone and says false. */
export type RecordPagesHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

type Answer = (call: PageCall) => Promise<void> | void;
interface PageCall {
  readonly parts: Readonly<Record<string, string>>;
  readonly url: URL;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/**
 * The browser half of the stand-in: a portal's companies, and a record page on which the unchanged card bundles run in a
 * web worker (hubspot-project.md §5). Builds its own scripts once, at the start.
 */
export async function createRecordPages(options: RecordPageOptions): Promise<RecordPagesHandler> {
  const routes = createRoutes(options, await buildBrowserAssets(options.cards));
  return (request, response) => {
    const url = new URL(request.url ?? "/", "http://stand-in.invalid");
    for (const { method, pattern, answer } of routes) {
      const match = request.method === method ? pattern.exec(url) : null;
      if (!match) continue;
      const parts = Object.fromEntries(Object.entries(match.pathname.groups).map(([key, value]) => [key, value ?? ""]));
      Promise.resolve()
        .then(() => answer({ parts, url, request, response }))
        .catch((error: unknown) => sendJson(response, 500, { message: messageOf(error) }));
      return true;
    }
    return false;
  };
}

interface Route {
  readonly method: "GET" | "POST";
  readonly pattern: URLPattern;
  readonly answer: Answer;
}

function createRoutes(options: RecordPageOptions, assets: BrowserAssets): Route[] {
  const route = (method: Route["method"], pathname: string, answer: Answer): Route => ({
    method,
    pattern: new URLPattern({ pathname }),
    answer,
  });
  return [
    route("GET", "/", ({ response }) => sendHtml(response, portalPageHtml(options.portals()))),
    route("GET", "/contacts/:portalId/record/0-2/:companyId", ({ parts, response }) =>
      showCompany(options, parts, response),
    ),
    route("GET", "/_stand-in/assets/:name", ({ parts, response }) => sendFile(response, assets.get(parts.name ?? ""))),
    route("GET", "/_stand-in/portals/:portalId/records/:type", async ({ parts, url, response }) => {
      const query = (url.searchParams.get("query") ?? "").slice(0, 200);
      sendJson(response, 200, await options.listRecords(portalOf(parts), parts.type ?? "", query));
    }),
    route("GET", "/_stand-in/portals/:portalId/records/:type/:recordId", async ({ parts, response }) => {
      const record = await options.getRecord(portalOf(parts), parts.type ?? "", parts.recordId ?? "");
      sendJson(response, record === null ? 404 : 200, record ?? { message: "This record does not exist (any more)." });
    }),
    route("POST", "/_stand-in/portals/:portalId/events/:key", async ({ parts, request, response }) => {
      const { companyId } = await readJsonBody(request);
      const result = await options.playEvent(portalOf(parts), parts.key ?? "", String(companyId));
      sendJson(response, 200, result);
    }),
    route("POST", "/_stand-in/portals/:portalId/hubspot-fetch", async ({ parts, request, response }) => {
      const { url, method, body } = await readJsonBody(request);
      const call = { url: String(url), method: typeof method === "string" ? method : "GET", body };
      const answer = await options.hubspotFetch(portalOf(parts), options.user, call);
      sendJson(response, 200, { status: answer.status, body: await answer.text() });
    }),
  ];
}

function showCompany(options: RecordPageOptions, parts: PageCall["parts"], response: ServerResponse): void {
  const { cards, events, user, variables, appId } = options;
  const portal = options.portals().find(({ portalId }) => portalId === portalOf(parts));
  if (portal === undefined) {
    sendJson(response, 404, { message: "There is no such portal." });
    return;
  }
  const shown = cards.filter((card) => card.objectTypes.includes("companies") && card.location === "crm.record.tab");
  const companyId = parts.companyId ?? "";
  sendHtml(response, companyPageHtml({ portal, companyId, cards: shown, events, user, variables, appId }));
}

const portalOf = (parts: PageCall["parts"]): number => Number(parts.portalId);
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
