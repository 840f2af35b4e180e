import type { IncomingMessage, ServerResponse } from "node:http";
import { isObject, type JsonObject } from "./http/read-body.ts";
import type { CardRequest } from "./hubspot-fetch.ts";
import { actAs, actingUser } from "./record-page/acting-user.ts";
import { type BrowserAssets, buildBrowserAssets } from "./record-page/browser-assets.ts";
import type { AppPage } from "./record-page/page-data.ts";
import {
  appPagesOf,
  bulkActionsOf,
  extensionPageHtml,
  portalPageHtml,
  recordCardsOf,
  recordPageHtml,
} from "./record-page/page-html.ts";
import { appPageBase, pagePaths } from "./record-page/page-paths.ts";
import { kindOf } from "./record-page/record-kinds.ts";
import type { RecordPageOptions } from "./record-page/record-page-options.ts";
import { readJsonBody, sendFile, sendHtml, sendJson } from "./record-page/send.ts";

export interface RecordPages {
  /** Every path of the pages begins with one of these. */
  readonly prefixes: readonly string[];
  /** Answers a request for the pages and says true; leaves any other alone and says false. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
}

type Answer = (call: PageCall) => Promise<void> | void;
interface PageCall {
  readonly parts: Readonly<Record<string, string>>;
  readonly url: URL;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

const prefixes = [pagePaths.portal, pagePaths.app, pagePaths.own] as const;

/**
 * The browser half of the stand-in: a portal's companies, and record pages and pages of the app on which the unchanged
 * bundles run in a web worker (hubspot-project.md §5). Builds its own scripts once, at the start.
 */
export async function createRecordPages(options: RecordPageOptions): Promise<RecordPages> {
  const routes = createRoutes(options, await buildBrowserAssets(options.extensions));
  const handle: RecordPages["handle"] = (request, response) => {
    const url = new URL(request.url ?? "/", "http://stand-in.invalid");
    const found = findRoute(routes, request.method, url);
    if (found === null) {
      if (!prefixes.some((prefix) => url.pathname.startsWith(prefix))) return false;
      sendJson(response, 404, { message: "There is no such page." });
      return true;
    }
    Promise.resolve()
      .then(() => found.answer({ parts: found.parts, url, request, response }))
      .catch((error: unknown) => sendJson(response, 500, { message: messageOf(error) }));
    return true;
  };
  return { prefixes, handle };
}

function findRoute(routes: readonly Route[], method: string | undefined, url: URL) {
  for (const { answer, pattern, method: wanted } of routes) {
    const match = method === wanted ? pattern.exec(url) : null;
    if (match === null) continue;
    const groups = Object.entries(match.pathname.groups);
    return { answer, parts: Object.fromEntries(groups.map(([key, value]) => [key, value ?? ""])) };
  }
  return null;
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
  const appPages = appPagesOf(options.extensions);
  const showCompanies: Answer = ({ request, response }) => {
    const { app, variables, extensions } = options;
    const portals = options.portals().map((portal) => ({ ...portal, ...peopleOf(options, portal.portalId, request) }));
    const bulkActions = bulkActionsOf(extensions, "companies");
    sendHtml(response, portalPageHtml({ app, variables, portals, appPages, bulkActions }));
  };
  return [
    route("GET", "/", showCompanies),
    route("GET", pagePaths.portal, showCompanies),
    route("GET", `${pagePaths.portal}:portalId/record/:typeId/:recordId`, (call) => showRecord(options, call)),
    ...appPages.map((page) => {
      const show: Answer = (call) => showAppPage(options, page, call);
      return route("GET", `${pagePaths.app}:portalId/${page.location}{/*}?`, show);
    }),
    route("GET", `${pagePaths.own}assets/:name`, ({ parts, response }) =>
      sendFile(response, assets.get(parts.name ?? "")),
    ),
    route("GET", `${pagePaths.own}portals/:portalId/companies`, async ({ parts, url, response }) => {
      const query = (url.searchParams.get("query") ?? "").slice(0, 200);
      sendJson(response, 200, await options.listRecords(portalOf(parts), "companies", query));
    }),
    route("GET", `${pagePaths.own}portals/:portalId/records/:typeId/:recordId`, async ({ parts, response }) => {
      const kind = kindOf(parts.typeId ?? "");
      const record = kind ? await options.getRecord(portalOf(parts), kind.type, parts.recordId ?? "") : null;
      sendJson(response, record === null ? 404 : 200, record ?? { message: "This record does not exist (any more)." });
    }),
    route("POST", `${pagePaths.own}portals/:portalId/events/:key`, async ({ parts, request, response }) => {
      const { companyId } = await readJsonBody(request);
      sendJson(response, 200, await options.playEvent(portalOf(parts), parts.key ?? "", String(companyId)));
    }),
    route("GET", `${pagePaths.own}act-as/:userId`, ({ parts, request, response }) =>
      actAs(parts.userId ?? "", request, response),
    ),
    route("POST", `${pagePaths.own}portals/:portalId/hubspot-fetch`, async ({ parts, request, response }) => {
      const call = readCardRequest(await readJsonBody(request));
      const { user } = peopleOf(options, portalOf(parts), request);
      const answer = await options.hubspotFetch(portalOf(parts), user, call);
      sendJson(response, 200, { status: answer.status, body: await answer.text() });
    }),
  ];
}

function readCardRequest({ url, method, body, timeoutMs }: JsonObject): CardRequest {
  const known = (["GET", "POST", "PUT", "PATCH", "DELETE"] as const).find((name) => name === method);
  const wait = typeof timeoutMs === "number" ? { timeoutMs } : {};
  return { url: String(url), method: known ?? "GET", ...(isObject(body) ? { body } : {}), ...wait };
}

function showRecord(options: RecordPageOptions, { parts, request, response }: PageCall): void {
  const { app, extensions, variables } = options;
  const portal = findPortal(options, parts);
  const kind = kindOf(parts.typeId ?? "");
  if (portal === undefined || kind === undefined) {
    sendJson(response, 404, { message: "There is no such portal or type of record." });
    return;
  }
  const record = { typeId: kind.typeId, id: parts.recordId ?? "" };
  const cards = recordCardsOf(extensions, kind.type);
  // The events of the demo happen to companies.
  const events = kind.type === "companies" ? options.events : [];
  sendHtml(
    response,
    recordPageHtml(kind.one, {
      app,
      portal,
      record,
      cards,
      events,
      ...peopleOf(options, portal.portalId, request),
      variables,
    }),
  );
}

function showAppPage(options: RecordPageOptions, page: AppPage, { parts, request, response }: PageCall): void {
  const { app, variables } = options;
  const portal = findPortal(options, parts);
  if (portal === undefined) {
    sendJson(response, 404, { message: "There is no such portal." });
    return;
  }
  const base = appPageBase(portal.portalId, page.location);
  sendHtml(
    response,
    extensionPageHtml({
      app,
      portal,
      extension: page,
      base,
      ...peopleOf(options, portal.portalId, request),
      variables,
    }),
  );
}

function peopleOf(options: RecordPageOptions, portalId: number, request: IncomingMessage) {
  const users = options.users(portalId);
  return { user: actingUser(users, request), users };
}

const findPortal = (options: RecordPageOptions, parts: PageCall["parts"]) =>
  options.portals().find(({ portalId }) => portalId === portalOf(parts));

const portalOf = (parts: PageCall["parts"]): number => Number(parts.portalId);
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
