import { type AccountView, cardApi, type PortalStatusView } from "./card-api.ts";

/** The part of a fetch answer that the client reads; `hubspot.fetch` and the web's own `fetch` both have it. */
export interface ApiAnswer {
  readonly ok: boolean;
  readonly status: number;
  json(): Promise<unknown>;
}

/** Any fetch whose `body` is a plain object: `hubspot.fetch` writes it as JSON itself (hubspot-project.md §3.4). */
export type ApiFetch = (
  url: string,
  options: { method: "GET" | "POST"; body?: Record<string, unknown> },
) => Promise<ApiAnswer>;

/** `status` is null when no answer came at all: no connection, or the time ran out. */
export type ApiResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly status: number | null; readonly message: string };

export interface ApiClient {
  getAccount(companyId: string): Promise<ApiResult<AccountView>>;
  getPortalStatus(): Promise<ApiResult<PortalStatusView>>;
}

/** `origin` is the server's public origin without a path, for example "https://touchstone.example.com". Never throws. */
export function createApiClient(origin: string, fetch: ApiFetch): ApiClient {
  return {
    getAccount: (companyId) =>
      ask(fetch, origin + cardApi.getAccount.path(companyId), cardApi.getAccount.method, isAccountView),
    getPortalStatus: () =>
      ask(fetch, origin + cardApi.getPortalStatus.path(), cardApi.getPortalStatus.method, isPortalStatusView),
  };
}

async function ask<T>(
  fetch: ApiFetch,
  url: string,
  method: "GET" | "POST",
  isAnswer: (body: unknown) => body is T,
): Promise<ApiResult<T>> {
  const answer = await fetch(url, { method }).catch(() => null);
  if (answer === null) return { ok: false, status: null, message: "Touchstone could not be reached." };
  // An answer that is no JSON comes from something between us and the server; its status says all that it can say.
  const body: unknown = await answer.json().catch(() => null);
  if (!answer.ok) return { ok: false, status: answer.status, message: messageOf(body) ?? messageFor(answer.status) };
  if (!isAnswer(body)) {
    return { ok: false, status: answer.status, message: "Touchstone sent an answer that this card cannot read." };
  }
  return { ok: true, value: body };
}

function messageOf(body: unknown): string | null {
  return isRecord(body) && typeof body.message === "string" ? body.message : null;
}

function messageFor(status: number): string {
  if (status === 401 || status === 403) return "Touchstone did not accept this request.";
  if (status === 404) return "Touchstone does not know this record.";
  if (status === 429) return "Touchstone is busy right now.";
  return `Touchstone answered with an error (${status}).`;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

// Only what tells one answer from another is checked: the server tests its own shapes, and a full check at run time
// costs a card 90 KB (codebases.md §5).
const isAccountView = (body: unknown): body is AccountView =>
  isRecord(body) && typeof body.companyId === "string" && typeof body.headline === "string";

const isPortalStatusView = (body: unknown): body is PortalStatusView =>
  isRecord(body) && typeof body.status === "string" && typeof body.accounts === "number";
