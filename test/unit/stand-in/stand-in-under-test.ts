import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { AppDefinition, Subscription } from "../../../hubspot-stand-in/app-definition.ts";
import type { SeedData, SeedRecord } from "../../../hubspot-stand-in/seed-data.ts";
import { createStandIn, type StandIn, type StandInOptions } from "../../../hubspot-stand-in/stand-in.ts";
import type { WebhookEvent } from "../../../hubspot-stand-in/webhooks/webhook-event.ts";

export const portalId = 4711;
export const redirectUri = "http://127.0.0.1:1/oauth/callback";
export const longAgo = Date.UTC(2026, 0, 5);

export const requiredScopes = [
  "oauth",
  "crm.objects.companies.read",
  "crm.objects.companies.write",
  "crm.objects.contacts.read",
  "crm.objects.contacts.write",
  "crm.objects.deals.read",
  "crm.objects.deals.write",
  "crm.objects.owners.read",
  "crm.schemas.companies.write",
  "crm.schemas.contacts.write",
];

export function appWith(changes: Partial<AppDefinition> = {}): AppDefinition {
  return {
    appId: 99,
    clientId: "client",
    clientSecret: "the-client-secret",
    redirectUrls: [redirectUri],
    requiredScopes,
    optionalScopes: ["sales-email-read"],
    webhooks: { targetUrl: "http://127.0.0.1:1/webhooks", maxConcurrentRequests: 10, subscriptions: [] },
    ...changes,
  };
}

/** Two companies with three people and a deal between them. */
const someRecords: SeedRecord[] = [
  record("companies", "101", { name: "Acme", domain: "acme.example", industry: "MACHINERY" }),
  record("companies", "102", { name: "Birch", domain: "birch.example" }),
  record("contacts", "201", { email: "ada@acme.example", hs_buying_role: "DECISION_MAKER" }, "101"),
  record("contacts", "202", { email: "bob@acme.example", hs_analytics_num_page_views: "4" }, "101"),
  record("contacts", "203", { email: "cy@birch.example" }, "102"),
  record("deals", "301", { dealname: "Acme first", dealstage: "qualifiedtobuy", amount: "1000" }, "101"),
];

export function record(
  type: SeedRecord["type"],
  id: string,
  properties: SeedRecord["properties"],
  companyId?: string,
): SeedRecord {
  const links = companyId ? { links: [{ type: "companies", id: companyId, primary: true } as const] } : {};
  return { type, id, properties, createdAt: longAgo, updatedAt: longAgo, ...links };
}

export function seedOf(records: readonly SeedRecord[], id = portalId): SeedData {
  return {
    portal: { portalId: id, name: "Test portal", timeZone: "America/New_York", currency: "USD" },
    owners: [
      { id: "51", userId: 501, email: "rep@portal.example", firstName: "Rea", lastName: "Park" },
      { id: "52", userId: 502, email: "gone@portal.example", firstName: "Gus", lastName: "Ode" },
    ],
    // Copies: the stand-in takes the property objects over.
    records: [records.map((one) => ({ ...one, properties: { ...one.properties } }))],
  };
}

interface Row {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly associations: Readonly<Record<string, { readonly results: readonly { id: string; type: string }[] }>>;
  readonly archived: boolean;
  readonly name: string;
  readonly to: readonly { toObjectId: string | number }[];
  readonly paging: { readonly next: { readonly after: string } };
}

/** The fields of all answers together: a test reads those that its answer has, and fails on any other. */
interface AnswerBody extends Row {
  readonly results: readonly Row[];
  readonly errors: readonly {
    readonly category: string;
    readonly code: string;
    readonly context: Readonly<Record<string, string[]>>;
  }[];
  readonly numErrors: number;
  readonly total: number;
  readonly status: string;
  readonly message: string;
  readonly category: string;
  readonly policyName: string;
  readonly access_token: string;
  readonly refresh_token: string;
  readonly error_description: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AnswerBody;
  readonly text: string;
}

const running: (() => Promise<void>)[] = [];

export async function stopAll(): Promise<void> {
  for (const stop of running.splice(0)) await stop();
}

export async function startStandIn(options: Partial<StandInOptions> = {}): Promise<StandIn> {
  const standIn = await createStandIn({ app: appWith(), ...options });
  running.push(() => standIn.stop());
  standIn.addPortal(seedOf(someRecords));
  return standIn;
}

export function form(fields: Record<string, string>): RequestInit {
  return { method: "POST", body: new URLSearchParams(fields), redirect: "manual" };
}

export async function allow(standIn: StandIn, fields: Record<string, string> = {}): Promise<string> {
  const scope = standIn.app.requiredScopes.join(" ");
  const install = {
    client_id: "client",
    redirect_uri: redirectUri,
    scope,
    state: "s",
    portalId: String(portalId),
    ...fields,
  };
  const answer = await fetch(`${standIn.url}/oauth/authorize/allow`, form(install));
  return new URL(answer.headers.get("location") ?? "about:blank").searchParams.get("code") ?? "";
}

export async function askForToken(standIn: StandIn, fields: Record<string, string>): Promise<Answer> {
  const client = { client_id: "client", client_secret: "the-client-secret", redirect_uri: redirectUri };
  return read(await fetch(`${standIn.url}/oauth/2026-09/token`, form({ ...client, ...fields })));
}

export interface Install {
  readonly accessToken: string;
  readonly refreshToken: string;
  call(method: string, path: string, body?: object): Promise<Answer>;
}

export async function install(standIn: StandIn, fields: Record<string, string> = {}): Promise<Install> {
  const code = await allow(standIn, fields);
  const { body } = await askForToken(standIn, { grant_type: "authorization_code", code });
  const call = async (method: string, path: string, sent?: object) => {
    const headers = { authorization: `Bearer ${body.access_token}`, "content-type": "application/json" };
    return read(await fetch(standIn.url + path, { method, headers, ...(sent && { body: JSON.stringify(sent) }) }));
  };
  return { accessToken: body.access_token, refreshToken: body.refresh_token, call };
}

export async function startInstalled(options: Partial<StandInOptions> = {}): Promise<{ standIn: StandIn } & Install> {
  const standIn = await startStandIn(options);
  return { standIn, ...(await install(standIn)) };
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json");
  const body = (isJson ? JSON.parse(text) : {}) as AnswerBody;
  return { status: response.status, headers: response.headers, body, text };
}

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: string;
}

export interface Receiver {
  readonly url: string;
  readonly requests: Received[];
  /** Every webhook event that came, in order. */
  events(): WebhookEvent[];
}

/** An app's server: notes what comes and answers what `reply` says. */
export async function startReceiver(
  reply: (request: Received, index: number) => number | Promise<number> = () => 204,
): Promise<Receiver> {
  const requests: Received[] = [];
  const server = createServer(async (request, response) => {
    let rawBody = "";
    for await (const chunk of request) rawBody += String(chunk);
    const received = { method: request.method ?? "", path: request.url ?? "", headers: request.headers, rawBody };
    requests.push(received);
    const status = await reply(received, requests.length - 1);
    if (status === 0) response.socket?.destroy();
    else
      response
        .writeHead(status, { "content-type": "application/json" })
        .end(status === 204 ? undefined : '{"ok":true}');
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  running.push(async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => void server.close(() => resolve()));
  });
  const { port } = server.address() as AddressInfo;
  const events = () => requests.flatMap(({ rawBody }) => JSON.parse(rawBody) as WebhookEvent[]);
  return { url: `http://127.0.0.1:${port}`, requests, events };
}

/** An installed stand-in whose webhooks go to a receiver, quickly. */
export async function startWithWebhooks(
  subscriptions: readonly Subscription[],
  options: Partial<StandInOptions> = {},
  reply?: Parameters<typeof startReceiver>[0],
) {
  const receiver = await startReceiver(reply);
  const webhooks = { targetUrl: `${receiver.url}/webhooks`, maxConcurrentRequests: 10, subscriptions };
  const started = await startInstalled({
    app: appWith({ webhooks }),
    webhookTiming: { collectMs: 10, timeoutMs: 300, retryScale: 0.0001 },
    ...options,
  });
  return { ...started, receiver };
}
