import type { PortalId } from "@touchstone/shared/ids.ts";
import type { z } from "zod";
import type { ApiVersions } from "./dated-url.ts";
import type { HubSpotOptions, Priority } from "./hubspot-options.ts";
import type { SdkRequests } from "./sdk-requests.ts";
import type { ApiRequest } from "./send-request.ts";

/** What every function of the gateway is built on. */
export interface Gateway extends Required<HubSpotOptions> {
  readonly versions: ApiVersions;
  readonly sdk: SdkRequests;
}

export interface Call<T> {
  readonly request: ApiRequest;
  /** How the answer is read; it comes out in this shape or as an error. */
  readonly answer: z.ZodType<T>;
  /** Whose access and budget it uses; null for OAuth, which has neither. */
  readonly portal: { readonly id: PortalId; readonly priority: Priority } | null;
  readonly search?: boolean;
  /** Its first try was taken from the budget already, together with others. */
  readonly prepaid?: boolean;
  /** True for what ends a portal's grant: then its tokens are for nothing else. */
  readonly isLeaving?: boolean;
  /** False for what must not happen twice: a lost answer is then the caller's to clear up. Default true. */
  readonly repeatable?: boolean;
  /** True for what replaces values: a try that lands late must not undo what was written after it. Default false. */
  readonly overwrites?: boolean;
}
