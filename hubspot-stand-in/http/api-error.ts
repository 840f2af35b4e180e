import { randomUUID } from "node:crypto";

/** An answer that is an error, thrown where it is found and written by the API server. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Record<string, string>;
  constructor(status: number, body: Record<string, unknown>, headers: Record<string, string> = {}) {
    super(typeof body.message === "string" ? body.message : `status ${status}`);
    this.status = status;
    this.body = { ...body, correlationId: randomUUID() };
    this.headers = headers;
  }
}

export interface ErrorDetail {
  readonly message: string;
  readonly code?: string;
  readonly in?: string;
  readonly context?: Record<string, string[]>;
}

export function invalidRequest(message: string, errors?: readonly ErrorDetail[]): ApiError {
  return new ApiError(400, { status: "error", message, category: "VALIDATION_ERROR", ...(errors ? { errors } : {}) });
}

export function notFound(message = "resource not found"): ApiError {
  return new ApiError(404, { status: "error", message, category: "OBJECT_NOT_FOUND" });
}

export function conflict(message: string, category: string, errors?: readonly ErrorDetail[]): ApiError {
  return new ApiError(409, { status: "error", message, category, ...(errors ? { errors } : {}) });
}
