import type { ModelFaultView } from "@touchstone/shared/models-api.ts";

/** What a failed job or request may do next: try again at once, later (with back-off), or never. */
export type Retry = "now" | "later" | "never";

/**
 * The root of every error that we raise ourselves. `publicMessage` may be shown to a person outside: it says what
 * happened, what was kept and what to do, and holds no secret. `message` is for our logs and holds no secret either.
 */
export abstract class AppError extends Error {
  abstract readonly retry: Retry;
  /** HTTP status when a request fails with it. */
  readonly status: number = 500;
  readonly publicMessage: string = "Something went wrong on our side. Nothing was changed. Try again in a minute.";
}

/** The caller sent something that we cannot use. */
export class BadRequest extends AppError {
  override readonly name = "BadRequest";
  override readonly retry = "never";
  override readonly status: number = 400;
  override readonly publicMessage: string;
  constructor(publicMessage: string) {
    super(publicMessage);
    this.publicMessage = publicMessage;
  }
}

/** The request does not carry a signature of HubSpot that holds. The reason goes to the log, not to the caller. */
export class Unauthenticated extends AppError {
  override readonly name = "Unauthenticated";
  override readonly retry = "never";
  override readonly status = 401;
  override readonly publicMessage =
    "The request is not signed by HubSpot, or its signature is too old. Nothing was changed.";
}

export class NotFound extends AppError {
  override readonly name = "NotFound";
  override readonly retry = "never";
  override readonly status = 404;
  override readonly publicMessage: string;
  constructor(publicMessage: string) {
    super(publicMessage);
    this.publicMessage = publicMessage;
  }
}

/** Somebody else changed the same thing meanwhile; what they did stands. */
export class Conflict extends BadRequest {
  override readonly status = 409;
}

/** The portal has taken the app away, or never installed it: nothing may be asked of HubSpot for it. */
export class PortalDisconnected extends AppError {
  override readonly name = "PortalDisconnected";
  override readonly retry = "never";
  override readonly status = 404;
  override readonly publicMessage = "Touchstone is not connected to this portal of HubSpot. Install it to go on.";
}

/** Without a key of ours that still holds. Says nothing of which part was wrong. */
export class UnknownApiKey extends AppError {
  override readonly name = "UnknownApiKey";
  override readonly retry = "never";
  override readonly status = 401;
  override readonly publicMessage =
    'The request carries no key that holds. Send it as "authorization: Bearer …". Nothing was stored.';
}

export class TooLarge extends AppError {
  override readonly name = "TooLarge";
  override readonly retry = "never";
  override readonly status = 413;
  override readonly publicMessage: string;
  constructor(publicMessage: string) {
    super(publicMessage);
    this.publicMessage = publicMessage;
  }
}

/** More requests than agreed; `waitMs` says when the next one is welcome. */
export class TooManyRequests extends AppError {
  override readonly name = "TooManyRequests";
  override readonly retry = "later";
  override readonly status = 429;
  override readonly publicMessage: string;
  readonly waitMs: number;
  constructor(publicMessage: string, waitMs: number) {
    super(publicMessage);
    this.publicMessage = publicMessage;
    this.waitMs = waitMs;
  }
}

/** A model that cannot be used, with every fault: where it is, what is wrong, what to do. */
export class FaultyModel extends AppError {
  override readonly name = "FaultyModel";
  override readonly retry = "never";
  override readonly status = 422;
  override readonly publicMessage: string;
  readonly faults: readonly ModelFaultView[];
  constructor(faults: readonly ModelFaultView[], publicMessage: string) {
    super(publicMessage);
    this.publicMessage = publicMessage;
    this.faults = faults;
  }
}

/** The caller is known and signed, and may not do this. */
export class Forbidden extends AppError {
  override readonly name = "Forbidden";
  override readonly retry = "never";
  override readonly status = 403;
  override readonly publicMessage: string;
  constructor(publicMessage: string) {
    super(publicMessage);
    this.publicMessage = publicMessage;
  }
}
