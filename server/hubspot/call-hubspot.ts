import type { Call, Gateway } from "./gateway.ts";
import { HubSpotLocked, HubSpotUnauthorized, HubSpotUnavailable, HubSpotUnreadable } from "./hubspot-errors.ts";
import { judgeAnswer, toRefusal, type Verdict } from "./judge-answer.ts";
import { pauseFor } from "./pause-for.ts";
import { type Answer, sendRequest, Unanswered } from "./send-request.ts";
import { takeFromBudget } from "./take-from-budget.ts";
import { refuseWhenLeaving, waitOrLeave } from "./wait-or-leave.ts";

const maxTries = 4;
const maxLockTries = 5;
/** A write without an answer may still be on its way: what follows is sent when it has surely landed. */
const landingMs = 5_000;
/** Retries included, one call never holds its caller longer than this and one more request. */
const maxTotalMs = 45_000;

/** What one call has used up of our patience. */
interface Effort {
  readonly startedAt: number;
  tries: number;
  lockTries: number;
  token: string | null;
  refreshed: boolean;
}

/** Sends a call until HubSpot's answer settles it: the retry table of hubspot-api.md, Appendix C. */
export async function callHubSpot<T>(gateway: Gateway, call: Call<T>): Promise<T> {
  const { isLeaving = false } = call;
  const token = call.portal && (await gateway.accessToken(call.portal.id, { isLeaving }));
  const effort: Effort = { startedAt: gateway.now(), tries: 0, lockTries: 0, token, refreshed: false };
  for (let isPaid = call.prepaid === true; ; isPaid = false) {
    if (call.portal && !isPaid)
      await takeFromBudget(gateway, call.portal, call.search ? "search" : "general", 1, call.request);
    refuseWhenLeaving(gateway, call.request);
    const verdict = await tryOnce(gateway, call, effort.token);
    switch (verdict.action) {
      case "accept":
        return readAnswer(call, verdict);
      case "fail":
        throw verdict.error;
      case "pause":
        throw await pauseFor(gateway, call, verdict);
      case "refresh":
        await replaceToken(gateway, call, effort, verdict);
        break;
      case "wait for lock":
        await waitForLock(gateway, call, effort, verdict);
        break;
      case "back off":
        await backOff(gateway, call, effort, verdict);
    }
  }
}

type Unsettled = Verdict | (Extract<Verdict, { action: "back off" }> & { readonly unanswered: Unanswered });

async function tryOnce<T>(gateway: Gateway, call: Call<T>, token: string | null): Promise<Unsettled> {
  const headers = {
    "User-Agent": "touchstone",
    ...call.request.headers,
    ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
  };
  const startedAt = gateway.now();
  const answer = await sendRequest({ ...call.request, headers }, gateway.timeoutMs, gateway.leaving).catch(
    (error: unknown) => {
      if (error instanceof Unanswered) return error;
      throw error;
    },
  );
  countRequest(gateway, call, answer, startedAt);
  if (!(answer instanceof Unanswered)) return judgeAnswer(call.request, answer);
  const why = answer.code ? `${answer.reason} ${answer.code}` : answer.reason;
  return { action: "back off", why, refusal: toRefusal(call.request, null), unanswered: answer };
}

function countRequest<T>(gateway: Gateway, call: Call<T>, answer: Answer | Unanswered, startedAt: number): void {
  const [first = "", second = ""] = new URL(call.request.url).pathname.split("/").filter((part) => part !== "");
  gateway.metrics.onRequest({
    portalId: call.portal?.id ?? null,
    family: first === "crm" ? second : first,
    method: call.request.method,
    status: answer instanceof Unanswered ? 0 : answer.status,
    ms: gateway.now() - startedAt,
  });
}

function readAnswer<T>(call: Call<T>, { body, httpStatus }: Extract<Verdict, { action: "accept" }>): T {
  const read = call.answer.safeParse(body);
  if (read.success) return read.data;
  const where = read.error.issues.slice(0, 5).map((issue) => `${issue.path.join(".") || "body"}: ${issue.code}`);
  throw new HubSpotUnreadable(where.join("; "), { ...toRefusal(call.request, null), httpStatus });
}

async function replaceToken<T>(
  gateway: Gateway,
  call: Call<T>,
  effort: Effort,
  verdict: Extract<Verdict, { action: "refresh" }>,
): Promise<void> {
  if (!call.portal || effort.token === null || effort.refreshed) throw new HubSpotUnauthorized(verdict.refusal);
  const { isLeaving = false } = call;
  effort.token = await gateway.accessToken(call.portal.id, { rejected: effort.token, isLeaving });
  effort.refreshed = true;
}

async function waitForLock<T>(
  gateway: Gateway,
  call: Call<T>,
  effort: Effort,
  verdict: Extract<Verdict, { action: "wait for lock" }>,
): Promise<void> {
  effort.lockTries += 1;
  if (effort.lockTries >= maxLockTries) throw new HubSpotLocked(verdict.refusal);
  await waitOrLeave(gateway, 2_000 + Math.floor(gateway.random() * 1_000), call.request);
}

/** Exponential with full jitter: 0–0.5 s, 0–1 s, 0–2 s. */
async function backOff<T>(
  gateway: Gateway,
  call: Call<T>,
  effort: Effort,
  verdict: Extract<Unsettled, { action: "back off" }>,
): Promise<void> {
  const unanswered = "unanswered" in verdict ? verdict.unanswered : null;
  const outcome = unanswered && !unanswered.sent ? "none" : "unknown";
  const waitMs = Math.floor(gateway.random() * 500 * 2 ** effort.tries);
  effort.tries += 1;
  const late = gateway.leaving.aborted || gateway.now() + waitMs - effort.startedAt > maxTotalMs;
  const repeatable = call.repeatable !== false || outcome === "none";
  // Also before giving up: whoever tries again knows nothing of this one. A 500 comes from where the work is done, and is over.
  if (call.overwrites && outcome === "unknown" && verdict.refusal.httpStatus !== 500) await gateway.sleep(landingMs);
  if (!repeatable || late || effort.tries >= maxTries || unanswered?.reason === "too_large") {
    throw new HubSpotUnavailable(verdict.why, outcome, verdict.refusal);
  }
  await waitOrLeave(gateway, waitMs, call.request);
}
