import type { ModelFaultView } from "./models-api.ts";

/** The part of a fetch answer that the client reads; `hubspot.fetch` and the web's own `fetch` both have it. */
export interface ApiAnswer {
  readonly ok: boolean;
  readonly status: number;
  json(): Promise<unknown>;
}

/** Any fetch whose `body` is a plain object: `hubspot.fetch` writes it as JSON itself (hubspot-project.md §3.4). */
export type ApiFetch = (
  url: string,
  options: { method: "GET" | "POST"; body?: Record<string, unknown>; timeout?: number },
) => Promise<ApiAnswer>;

/** `status` is null when no answer came at all: no connection, or the time ran out. */
export type ApiResult<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly status: number | null;
      readonly message: string;
      /** Every fault of a document that was refused. */
      readonly faults?: readonly ModelFaultView[];
    };

export interface ApiQuestion {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly body?: Record<string, unknown>;
  /** Milliseconds to wait; HubSpot waits 15 s by default and 120 s at most (hubspot-project.md §3.4). */
  readonly timeout?: number;
}

/** One question to our server. `isAnswer` checks only what tells one answer from another. Never throws. */
export async function askApi<T>(
  fetch: ApiFetch,
  { url, method, body: sent, timeout }: ApiQuestion,
  isAnswer: (body: unknown) => body is T,
): Promise<ApiResult<T>> {
  const options = { method, ...(sent !== undefined && { body: sent }), ...(timeout !== undefined && { timeout }) };
  const answer = await fetch(url, options).catch(() => null);
  if (answer === null) return { ok: false, status: null, message: "Touchstone could not be reached." };
  // An answer that is no JSON comes from something between us and the server; its status says all that it can say.
  const body: unknown = await answer.json().catch(() => null);
  if (!answer.ok) {
    const refused = {
      ok: false,
      status: answer.status,
      message: messageOf(body) ?? messageFor(answer.status),
    } as const;
    return isRecord(body) && Array.isArray(body.faults) ? { ...refused, faults: body.faults } : refused;
  }
  if (!isAnswer(body)) {
    return { ok: false, status: answer.status, message: "Touchstone sent an answer that this screen cannot read." };
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

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
