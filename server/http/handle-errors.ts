import type { ErrorView } from "@touchstone/shared/card-api.ts";
import type { ErrorRequestHandler } from "express";
import type { Context } from "../context.ts";
import { isPassingError } from "../db/is-passing-error.ts";
import { AppError, FaultyModel, TooManyRequests } from "../errors.ts";
import { sendFailedPage } from "./install-page.ts";

/** A database that is away or has no room comes back by itself. Errors of Express and of its body reader carry a status. */
const statusOf = (error: unknown): number | null => {
  if (isPassingError(error)) return 503;
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === "number" && status >= 400 && status < 600 ? status : null;
};

const plainMessages: Readonly<Record<number, string>> = {
  413: "The request is too large. Nothing was stored.",
  415: "The request's encoding is not supported. Nothing was stored.",
  503: "Our database cannot take this right now. Nothing was changed. Try again in a minute.",
};

const errorWord = (status: number): string => {
  if (status < 500) return "BadRequest";
  return status === 503 ? "Unavailable" : "InternalError";
};

const plainMessage = (status: number): string =>
  plainMessages[status] ??
  (status < 500
    ? "The request cannot be read. Nothing was stored."
    : "Something went wrong on our side. Nothing was changed. Try again in a minute.");

/**
 * What we say to whoever sent something we cannot use may quote it, and so may a reader of JSON: people's names and addresses among it.
 * These do not go into the log; where nothing is sent, as when an installation fails, there is nothing to quote.
 */
function reasonOf(error: unknown, status: number, method: string): string {
  if (!(error instanceof Error)) return "unknown";
  const known = error instanceof AppError ? error : null;
  const isTold = known ? known.message === known.publicMessage : status < 500;
  return isTold && method !== "GET" ? error.name : error.message;
}

/** The only place where an error becomes an answer: one log line, no secret in either. */
export function handleErrors(ctx: Pick<Context, "log" | "metrics">): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) return next(error);
    const known = error instanceof AppError ? error : null;
    const status = known?.status ?? statusOf(error) ?? 500;
    const view: ErrorView = {
      error: known?.name ?? errorWord(status),
      message: known?.publicMessage ?? plainMessage(status),
      ...(known instanceof FaultyModel && { faults: known.faults }),
    };
    if (known instanceof TooManyRequests) res.set("retry-after", String(Math.ceil(known.waitMs / 1000)));
    const reason = reasonOf(error, status, req.method);
    const line = { method: req.method, path: req.path, status, error: view.error, reason };
    const isNews = known === null && status !== 503 && error instanceof Error;
    if (status >= 500) ctx.log.error(isNews ? { ...line, stack: error.stack } : line, "request failed");
    else ctx.log.warn(line, "request refused");
    ctx.metrics.refused(view.error);
    res.status(status);
    // Whoever installs sees the answer in a browser.
    if (req.path.startsWith("/oauth/")) sendFailedPage(res, view.message);
    else res.json(view);
  };
}
