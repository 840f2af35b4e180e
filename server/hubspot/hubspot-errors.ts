import { AppError } from "../errors.ts";
import type { Requirement } from "./write-rule.ts";

/** What may be told of a refused request: no body, no query, no header, since these hold personal data and secrets. */
export interface Refusal {
  readonly method: string;
  readonly path: string;
  /** HTTP status; 0 when no answer came. */
  readonly httpStatus: number;
  readonly category: string | null;
  readonly correlationId: string | null;
  /** Machine words of the answer, such as PROPERTY_DOESNT_EXIST or BAD_REFRESH_TOKEN. */
  readonly codes: readonly string[];
  /** Properties that records lack by a rule of the portal. */
  readonly lacking?: readonly Requirement[];
}

/** The root of every error that HubSpot's answer, or its silence, leads to. */
export abstract class HubSpotError extends AppError {
  readonly refusal: Refusal;
  constructor(what: string, refusal: Refusal) {
    const { method, path, httpStatus, category, correlationId } = refusal;
    super(
      `HubSpot ${what}: ${method} ${path}, status ${httpStatus}, category ${category ?? "none"}, correlation ${correlationId ?? "none"}`,
    );
    this.refusal = refusal;
  }
}

/** A limit is reached, HubSpot's or our own budget's. Come again after `waitMs`; this was not a failed attempt. */
export class HubSpotRateLimited extends HubSpotError {
  override readonly name = "HubSpotRateLimited";
  override readonly retry = "later";
  override readonly status = 503;
  override readonly publicMessage =
    "HubSpot allows only so many requests and the limit is reached. Nothing was lost. It goes on by itself.";
  readonly #againAt: number;
  constructor(why: string, waitMs: number, refusal: Refusal) {
    super(`limit reached (${why}, ${waitMs} ms)`, refusal);
    this.#againAt = performance.now() + waitMs;
  }
  /** What is left of the wait: whoever finished something else first has waited already. */
  get waitMs(): number {
    return Math.max(0, Math.ceil(this.#againAt - performance.now()));
  }
}

/** The access token was refused although it had just been replaced. */
export class HubSpotUnauthorized extends HubSpotError {
  override readonly name = "HubSpotUnauthorized";
  override readonly retry = "later";
  override readonly status = 502;
  constructor(refusal: Refusal) {
    super("refused a fresh access token", refusal);
  }
}

/** The portal has taken the app's access away: uninstalled, revoked or deleted. */
export class HubSpotRevoked extends HubSpotError {
  override readonly name = "HubSpotRevoked";
  override readonly retry = "never";
  override readonly status = 409;
  override readonly publicMessage =
    "Touchstone is no longer connected to this portal of HubSpot. Install it again to go on.";
  constructor(refusal: Refusal) {
    super("no longer accepts the app's grant", refusal);
  }
}

/** The code of an install holds once and for minutes. Nobody was connected by it, so nobody is disconnected. */
export class HubSpotCodeRefused extends HubSpotError {
  override readonly name = "HubSpotCodeRefused";
  override readonly retry = "never";
  override readonly status = 400;
  override readonly publicMessage =
    "HubSpot no longer takes the code of this install: it was used already, or is too old. Nothing was installed. Begin again.";
  constructor(refusal: Refusal) {
    super("does not take the code of an install", refusal);
  }
}

/** Our own client id, secret or redirect address is wrong: an operator must act, no portal is at fault. */
export class HubSpotMisconfigured extends HubSpotError {
  override readonly name = "HubSpotMisconfigured";
  override readonly retry = "later";
  override readonly status = 500;
  override readonly publicMessage =
    "Touchstone is not set up correctly with HubSpot. Nothing was changed. Tell its operator.";
  constructor(refusal: Refusal) {
    super(`does not accept our own settings (${refusal.codes.join(", ")})`, refusal);
  }
}

/** The grant lacks a scope: the portal must authorise again, its data stays. */
export class HubSpotForbidden extends HubSpotError {
  override readonly name = "HubSpotForbidden";
  override readonly retry = "never";
  override readonly status = 403;
  override readonly publicMessage =
    "HubSpot does not let Touchstone do this. Nothing was changed. An admin can install it again to allow it.";
  constructor(refusal: Refusal) {
    super("forbids", refusal);
  }
}

export class HubSpotNotFound extends HubSpotError {
  override readonly name = "HubSpotNotFound";
  override readonly retry = "never";
  override readonly status = 404;
  override readonly publicMessage = "HubSpot does not have this record (any more). Nothing was changed.";
  constructor(refusal: Refusal) {
    super("does not have this", refusal);
  }
}

/** What we wanted to create is there already. */
export class HubSpotConflict extends HubSpotError {
  override readonly name = "HubSpotConflict";
  override readonly retry = "never";
  override readonly status = 409;
  constructor(refusal: Refusal) {
    super("has this already", refusal);
  }
}

/** HubSpot will not take the request as it is; sending it again changes nothing. */
export class HubSpotRejected extends HubSpotError {
  override readonly name = "HubSpotRejected";
  override readonly retry = "never";
  override readonly status = 502;
  constructor(refusal: Refusal) {
    super("rejects", refusal);
  }
}

/** Another operation of HubSpot held the record for as long as we were willing to wait. */
export class HubSpotLocked extends HubSpotError {
  override readonly name = "HubSpotLocked";
  override readonly retry = "later";
  override readonly status = 503;
  constructor(refusal: Refusal) {
    super("holds the record locked", refusal);
  }
}

/**
 * No usable answer. `outcome` "none": HubSpot cannot have carried it out. "unknown": it may have, so before a create is
 * sent again someone must look whether it landed (hubspot-api.md, Appendix C).
 */
export class HubSpotUnavailable extends HubSpotError {
  override readonly name = "HubSpotUnavailable";
  override readonly retry = "later";
  override readonly status = 503;
  override readonly publicMessage = "HubSpot does not answer right now. Nothing was lost. Try again in a minute.";
  readonly outcome: "none" | "unknown";
  constructor(why: string, outcome: "none" | "unknown", refusal: Refusal) {
    super(`is unavailable (${why}, outcome ${outcome})`, refusal);
    this.outcome = outcome;
  }
}

/** A 2xx answer that is not what HubSpot documents: `where` names the fields, never their values. */
export class HubSpotUnreadable extends HubSpotError {
  override readonly name = "HubSpotUnreadable";
  override readonly retry = "later";
  override readonly status = 502;
  constructor(where: string, refusal: Refusal) {
    super(`answered something else than documented (${where})`, refusal);
  }
}
