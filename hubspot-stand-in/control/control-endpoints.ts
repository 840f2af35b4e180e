import type { Clock } from "../clock.ts";
import type { Crm } from "../crm.ts";
import { ApiError, invalidRequest } from "../http/api-error.ts";
import type { ApiRequest, OpenRoute } from "../http/api-route.ts";
import { type FaultPlan, type Faults, faultKinds } from "../http/faults.ts";
import { type JsonObject, parseObject } from "../http/read-body.ts";
import type { RequestLog } from "../http/request-log.ts";
import type { Grant } from "../oauth/token-store.ts";
import type { Portal } from "../portal.ts";
import { type Switches, setSwitches } from "../switches.ts";
import type { WebhookSender } from "../webhooks/webhook-sender.ts";
import { runCrmAction } from "./run-crm-action.ts";

export interface ControlParts {
  readonly clock: Clock;
  readonly switches: Switches;
  readonly faults: Faults;
  readonly requestLog: RequestLog;
  readonly webhooks: WebhookSender;
  readonly portals: ReadonlyMap<number, Portal>;
  crm(portalId: number): Crm;
  grant(portalId: number): Grant | null;
  uninstall(portalId: number): void;
}

/** What a test in another process, or a button of the demo, may do with the stand-in itself. */
export function controlRoutes(parts: ControlParts): OpenRoute[] {
  const { clock, faults, requestLog, switches } = parts;
  return [
    get("requests", ({ query }) => showRequests(requestLog, query)),
    route("DELETE", "requests", () => {
      requestLog.reset();
      return {};
    }),
    get("clock", () => ({ now: clock.now() })),
    post("clock", (body) => {
      const stepMs = Number(body.stepMs);
      if (!Number.isFinite(stepMs) || stepMs < 0) throw invalidRequest("stepMs must be a number of milliseconds.");
      clock.step(stepMs);
      return { now: clock.now() };
    }),
    get("faults", () => ({ pending: faults.pending(), met: faults.met() })),
    post("faults", (body) => {
      faults.add(parseFault(body));
      return { pending: faults.pending() };
    }),
    route("DELETE", "faults", () => {
      faults.clear();
      return {};
    }),
    get("switches", () => switches),
    post("switches", (body) => {
      attempt(() => setSwitches(switches, body));
      return switches;
    }),
    ...portalRoutes(parts),
    ...webhookRoutes(parts.webhooks),
  ];
}

function portalRoutes({ portals, crm, grant, uninstall }: ControlParts): OpenRoute[] {
  const requirePortal = ({ params }: ApiRequest): Portal => {
    const portal = portals.get(Number(params.portalId));
    if (!portal) throw new ApiError(404, { message: `There is no portal ${params.portalId}.` });
    return portal;
  };
  const show = ({ settings, owners, records }: Portal) => ({
    ...settings,
    owners,
    installed: grant(settings.portalId) !== null,
    companies: records.count("companies"),
    contacts: records.count("contacts"),
    deals: records.count("deals"),
  });
  return [
    get("portals", () => ({ portals: [...portals.values()].map(show) })),
    get("portals/:portalId", (request) => show(requirePortal(request))),
    post("portals/:portalId/crm", (body, request) => {
      const { portalId } = requirePortal(request).settings;
      return attempt(() => ({ result: runCrmAction(crm(portalId), body) ?? null }));
    }),
    post("portals/:portalId/uninstall", (_body, request) => {
      uninstall(requirePortal(request).settings.portalId);
      return {};
    }),
  ];
}

function webhookRoutes(webhooks: WebhookSender): OpenRoute[] {
  return [
    get("webhooks", () => ({ sent: webhooks.sent.slice(-200), lost: webhooks.lost })),
    // Answers when nothing waits or is under way any more.
    post("webhooks/settled", async () => {
      await webhooks.settled();
      return {};
    }),
  ];
}

function showRequests(log: RequestLog, query: URLSearchParams): object {
  const portalId = query.has("portalId") ? Number(query.get("portalId")) : undefined;
  const entries = log.entries().filter((entry) => portalId === undefined || entry.portalId === portalId);
  return { total: log.total(portalId), counts: log.counts(portalId), entries: entries.slice(-500) };
}

function parseFault(body: JsonObject): FaultPlan {
  const kind = faultKinds.find((known) => known === body.kind);
  if (!kind) throw invalidRequest(`kind must be one of ${faultKinds.join(", ")}`);
  const ids = Array.isArray(body.ids) ? { ids: body.ids.map(String) } : {};
  const numbers = Object.fromEntries(
    ["times", "share", "portalId", "delayMs", "rows"]
      .filter((name) => name in body)
      .map((name) => [name, Number(body[name])]),
  );
  const texts = Object.fromEntries(
    ["method", "path"].filter((name) => name in body).map((name) => [name, String(body[name])]),
  );
  return { kind, ...numbers, ...texts, ...ids, ...(body.countOnly === true && { countOnly: true }) };
}

function get(path: string, handle: (request: ApiRequest) => object): OpenRoute {
  return route("GET", path, handle);
}

/** JSON only: a page of another origin cannot send that without asking first. */
function post(path: string, handle: (body: JsonObject, request: ApiRequest) => object | Promise<object>): OpenRoute {
  return route("POST", path, (request) => {
    const type = String(request.headers["content-type"] ?? "");
    if (!type.startsWith("application/json")) throw new ApiError(415, { message: "Send JSON." });
    return handle(parseObject(request.rawBody || "{}"), request);
  });
}

function route(
  method: OpenRoute["method"],
  path: string,
  handle: (request: ApiRequest) => object | Promise<object>,
): OpenRoute {
  return {
    method,
    path: `/_stand-in/${path}`,
    open: true,
    handle: async (request) => ({ status: 200, body: await handle(request) }),
  };
}

/** A refusal of the CRM or of a switch is the caller's fault here, not the server's. */
function attempt<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw invalidRequest(error instanceof Error ? error.message : String(error));
  }
}
