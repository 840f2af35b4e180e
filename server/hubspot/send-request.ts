/** One request as it goes over the wire. */
export interface ApiRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A page of 100 records with 200 properties is about 2 MB; ten times that is no honest answer. */
export const maxAnswerBytes = 20 * 1024 * 1024;

/** No whole answer came. Holds no text of the lower layers, which could quote the request. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";
  readonly reason: "timeout" | "network" | "too_large" | "stopping";
  readonly code: string | null;
  /** False when the connection was never made, so that HubSpot cannot have acted. */
  readonly sent: boolean;
  constructor(reason: Unanswered["reason"], code: string | null) {
    super(`No answer: ${reason}${code ? ` (${code})` : ""}`);
    this.reason = reason;
    this.code = code;
    this.sent = code === null || !neverConnected.has(code);
  }
}

const neverConnected = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/**
 * Sends once. The deadline covers headers and body; when it passes, or `leaving` is aborted, the connection is closed, not only
 * forgotten.
 */
export async function sendRequest(request: ApiRequest, timeoutMs: number, leaving: AbortSignal): Promise<Answer> {
  const abort = new AbortController();
  const deadline = setTimeout(() => abort.abort(new Unanswered("timeout", null)), timeoutMs);
  const leave = () => abort.abort(new Unanswered("stopping", null));
  leaving.addEventListener("abort", leave, { once: true });
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      ...(request.body === undefined ? {} : { body: request.body }),
      // HubSpot does not redirect its API; a token must not follow a redirect to somewhere else.
      redirect: "manual",
      signal: abort.signal,
    });
    return { status: response.status, headers: response.headers, text: await readText(response, abort) };
  } catch (error) {
    throw toUnanswered(error);
  } finally {
    clearTimeout(deadline);
    leaving.removeEventListener("abort", leave);
  }
}

async function readText(response: Response, abort: AbortController): Promise<string> {
  if (!response.body) return "";
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > maxAnswerBytes) {
      const tooLarge = new Unanswered("too_large", null);
      abort.abort(tooLarge);
      throw tooLarge;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function toUnanswered(error: unknown): Unanswered {
  if (error instanceof Unanswered) return error;
  return new Unanswered("network", codeOf(error) ?? codeOf(fieldOf(error, "cause")));
}

function codeOf(error: unknown): string | null {
  const code = fieldOf(error, "code");
  return typeof code === "string" ? code : null;
}

function fieldOf(error: unknown, name: string): unknown {
  return typeof error === "object" && error !== null ? Reflect.get(error, name) : undefined;
}
