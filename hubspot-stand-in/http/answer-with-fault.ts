import type { Switches } from "../switches.ts";
import { ApiError, invalidRequest } from "./api-error.ts";
import type { ApiAnswer } from "./api-route.ts";
import { missingScopes, unauthenticated } from "./authenticate.ts";
import type { FaultPlan } from "./faults.ts";
import { tooMany } from "./rate-limits.ts";

/** How the server ends the exchange when it does not simply answer. */
export type Outcome =
  | { readonly how: "answer"; readonly answer: ApiAnswer }
  | { readonly how: "reset" }
  | { readonly how: "hang" }
  | { readonly how: "cut"; readonly answer: ApiAnswer };

type Handle = () => Promise<ApiAnswer>;

/** A fault that is an answer of HubSpot's: bodies of hubspot-api.md §4.3. */
function refuse(plan: FaultPlan, switches: Switches): ApiError | null {
  const error = (status: number, message: string, headers = {}) =>
    new ApiError(status, { status: "error", message }, headers);
  switch (plan.kind) {
    case "rateLimit":
      return tooMany("TEN_SECONDLY_ROLLING", switches);
    case "searchRateLimit":
      return tooMany("SECONDLY", switches);
    case "dailyLimit":
      return tooMany("DAILY", switches);
    case "locked":
      return error(423, "The record is locked by another operation.");
    case "migrating": {
      const seconds = Math.ceil((plan.delayMs ?? 60_000) / 1000);
      return error(477, "This account is being migrated between data centers.", { "Retry-After": String(seconds) });
    }
    case "serverError":
      return error(500, "internal error");
    case "refuseBatch":
      return invalidRequest("Property values were not valid: refused on demand");
    case "unauthorized":
      return unauthenticated("EXPIRED_AUTHENTICATION");
    case "forbidden":
      return missingScopes([], switches);
    default:
      return null;
  }
}

export async function answerWithFault(
  plan: FaultPlan,
  switches: Switches,
  handle: Handle,
  wait: (ms: number) => Promise<void>,
): Promise<Outcome> {
  const refusal = refuse(plan, switches);
  if (refusal) throw refusal;
  const delayMs = plan.delayMs ?? 2_000;
  switch (plan.kind) {
    case "badGateway":
      return { how: "answer", answer: { status: 502, body: "<html><body><h1>502 Bad Gateway</h1></body></html>" } };
    case "hang":
      return { how: "hang" };
    case "resetBefore":
      return { how: "reset" };
    case "resetAfter":
      await handle();
      return { how: "reset" };
    case "lateApply":
      // The client hears of a broken connection at once; the write lands later.
      void wait(delayMs)
        .then(handle)
        .catch(() => {
          // Nobody waits for this answer any more, whatever it is.
        });
      return { how: "reset" };
    case "slow": {
      // Done at once and told late: what was read may have changed meanwhile.
      const answer = await handle();
      await wait(delayMs);
      return { how: "answer", answer };
    }
    case "cutBody":
      return { how: "cut", answer: await handle() };
    default:
      return { how: "answer", answer: await handle() };
  }
}
