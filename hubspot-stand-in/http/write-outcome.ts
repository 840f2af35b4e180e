import type { ServerResponse } from "node:http";
import type { Outcome } from "./answer-with-fault.ts";
import { ApiError } from "./api-error.ts";
import type { ApiAnswer } from "./api-route.ts";

export function writeOutcome(response: ServerResponse, outcome: Outcome): void {
  switch (outcome.how) {
    case "reset":
      response.socket?.resetAndDestroy();
      return;
    case "hang":
      // The client's own timeout has to end it, or the stand-in's stop.
      return;
    case "cut": {
      const { payload, headers } = encode(outcome.answer);
      response.writeHead(outcome.answer.status, { ...headers, "content-length": String(payload.length) });
      response.write(payload.subarray(0, payload.length >> 1), () => response.socket?.destroy());
      return;
    }
    case "answer": {
      const { payload, headers } = encode(outcome.answer);
      response.writeHead(outcome.answer.status, headers);
      response.end(payload);
    }
  }
}

function encode({ body, headers = {} }: ApiAnswer): { payload: Buffer; headers: Record<string, string> } {
  if (body === undefined) return { payload: Buffer.alloc(0), headers: { ...headers } };
  const type = typeof body === "string" ? "text/html; charset=utf-8" : "application/json;charset=utf-8";
  const payload = Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  return { payload, headers: { "content-type": type, ...headers } };
}

export function toErrorAnswer(error: unknown): ApiAnswer {
  if (error instanceof ApiError) return { status: error.status, body: error.body, headers: error.headers };
  // A fault of the stand-in itself: the text helps whoever reads the test's output.
  const message = error instanceof Error ? error.message : String(error);
  return { status: 500, body: { status: "error", message: `stand-in: ${message}` } };
}
