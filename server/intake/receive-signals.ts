import type { PortalId } from "@touchstone/shared/ids.ts";
import type { SentSignalLine, SentSignalsView } from "@touchstone/shared/signals-api.ts";
import type { Context } from "../context.ts";
import { BadRequest, TooLarge } from "../errors.ts";
import { batchSize, recordSignals } from "./record-signals.ts";

const maxBytes = 1_000_000;

/** Refuses a body above 1 MB before anything is read from it. */
export function requireSmallBody(rawBody: Buffer): void {
  if (rawBody.length > maxBytes)
    throw new TooLarge("The body has more than 1 MB: send it in parts. Nothing was stored.");
}

/** `POST /api/signals`: `{ "signals": [ … ] }`, at most 500, answered line by line. */
export async function receiveSignals(
  ctx: Pick<Context, "db" | "queue" | "now" | "log">,
  portalId: PortalId,
  keyId: string,
  rawBody: Buffer,
): Promise<SentSignalsView> {
  requireSmallBody(rawBody);
  const signals = readList(rawBody);
  if (signals.length > batchSize) {
    throw new BadRequest(`The list has ${signals.length} signals: send at most 500 at once. Nothing was stored.`);
  }
  const lines = await recordSignals(ctx, portalId, `key:${keyId}`, signals);
  return { ...countLines(lines), lines };
}

function readList(rawBody: Buffer): unknown[] {
  const shape = 'The body must be JSON like {"signals": [ … ]}. Nothing was stored.';
  let body: unknown;
  try {
    body = JSON.parse(rawBody.toString("utf8"));
  } catch {
    throw new BadRequest(shape);
  }
  const list = typeof body === "object" && body !== null && "signals" in body ? body.signals : null;
  if (!Array.isArray(list)) throw new BadRequest(shape);
  return list;
}

export function countLines(lines: readonly Pick<SentSignalLine, "status">[]) {
  const count = (status: SentSignalLine["status"]) => lines.filter((line) => line.status === status).length;
  return { stored: count("stored"), known: count("known"), rejected: count("rejected") };
}
