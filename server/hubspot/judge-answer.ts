import { errorBody, requiredErrors } from "./answers.ts";
import {
  HubSpotConflict,
  type HubSpotError,
  HubSpotForbidden,
  HubSpotNotFound,
  HubSpotRejected,
  type Refusal,
} from "./hubspot-errors.ts";
import type { Answer, ApiRequest } from "./send-request.ts";
import { toRequirements } from "./write-rule.ts";

/** What an answer asks of us: hubspot-api.md, Appendix C, one row each. */
export type Verdict =
  | { readonly action: "accept"; readonly body: unknown; readonly httpStatus: number }
  | { readonly action: "refresh"; readonly refusal: Refusal }
  | { readonly action: "wait for lock"; readonly refusal: Refusal }
  | { readonly action: "back off"; readonly why: string; readonly refusal: Refusal }
  | { readonly action: "pause"; readonly limit: Limit; readonly retryAfterMs: number | null; readonly refusal: Refusal }
  | { readonly action: "fail"; readonly error: HubSpotError };

export type Limit = "ten_secondly" | "secondly" | "daily" | "migration";

export function judgeAnswer(request: ApiRequest, answer: Answer): Verdict {
  const { status } = answer;
  if (status >= 200 && status < 300) return acceptAnswer(request, answer);
  const refusal = toRefusal(request, answer);
  if (status === 401) return { action: "refresh", refusal };
  if (status === 403) return { action: "fail", error: new HubSpotForbidden(refusal) };
  if (status === 404) return { action: "fail", error: new HubSpotNotFound(refusal) };
  if (status === 409) return { action: "fail", error: new HubSpotConflict(refusal) };
  if (status === 423) return { action: "wait for lock", refusal };
  if (status === 429) return { action: "pause", limit: limitOf(answer), retryAfterMs: null, refusal };
  if (status === 477)
    return { action: "pause", limit: "migration", retryAfterMs: retryAfterMs(answer.headers), refusal };
  if (status === 408 || status >= 500) return { action: "back off", why: `status ${status}`, refusal };
  return { action: "fail", error: new HubSpotRejected(refusal) };
}

function acceptAnswer(request: ApiRequest, answer: Answer): Verdict {
  if (answer.text === "") return { action: "accept", body: undefined, httpStatus: answer.status };
  const body = parseJson(answer.text);
  // A proxy's HTML page with status 200 is no answer of HubSpot.
  return body === undefined
    ? { action: "back off", why: "answer is not JSON", refusal: toRefusal(request, answer) }
    : { action: "accept", body, httpStatus: answer.status };
}

/** By the policy's name, not by headers; an unknown policy is treated as the ten-second one. */
function limitOf(answer: Answer): Limit {
  const policy = errorBody.parse(parseJson(answer.text)).policyName?.toUpperCase() ?? "";
  if (policy.startsWith("DAILY")) return "daily";
  return policy.startsWith("SECONDLY") ? "secondly" : "ten_secondly";
}

const dayMs = 86_400_000;

/** Seconds by §4.3; up to 24 h, never more. */
function retryAfterMs(headers: Headers): number | null {
  const seconds = Number(headers.get("retry-after") ?? "");
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1000, dayMs) : null;
}

export function toRefusal(request: ApiRequest, answer: Answer | null): Refusal {
  const text = answer?.text ?? "";
  const json = parseJson(text);
  const body = errorBody.parse(json);
  const words = [body.error, body.status, body.subCategory, ...(text.slice(0, 20_000).match(machineWord) ?? [])];
  return {
    method: request.method,
    path: new URL(request.url).pathname,
    httpStatus: answer?.status ?? 0,
    category: body.category ?? body.status ?? body.error ?? null,
    correlationId: body.correlationId ?? null,
    codes: [...new Set(words.filter((word) => typeof word === "string"))].slice(0, 20),
    lacking: toRequirements(requiredErrors.parse(json).errors),
  };
}

/** Single-record errors hide their code inside the message, as JSON in text (§5.5 PROPERTY_DOESNT_EXIST). */
const machineWord = /\b[A-Z]{3,}(?:_[A-Z]+)+\b/g;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
