import type { Gateway } from "./gateway.ts";
import { HubSpotUnavailable } from "./hubspot-errors.ts";
import { toRefusal } from "./judge-answer.ts";
import type { ApiRequest } from "./send-request.ts";

/** Throws when the process is to end: nobody would wait for the answer. */
export function refuseWhenLeaving({ leaving }: Gateway, request: ApiRequest): void {
  if (leaving.aborted) throw new HubSpotUnavailable("not asked: we are stopping", "none", toRefusal(request, null));
}

/** Waits before a request is sent; throws as soon as the process is to end. */
export async function waitOrLeave(gateway: Gateway, ms: number, request: ApiRequest): Promise<void> {
  refuseWhenLeaving(gateway, request);
  const { promise, resolve } = Promise.withResolvers<void>();
  const leave = () => resolve();
  gateway.leaving.addEventListener("abort", leave, { once: true });
  await Promise.race([gateway.sleep(ms), promise]).finally(() => gateway.leaving.removeEventListener("abort", leave));
  refuseWhenLeaving(gateway, request);
}
