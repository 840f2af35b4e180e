import type { IncomingMessage, ServerResponse } from "node:http";
import { isObject, type JsonObject, readBody } from "../http/read-body.ts";
import type { BrowserFile } from "./browser-assets.ts";

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  send(response, status, "application/json; charset=utf-8", JSON.stringify(body));
}

export function sendHtml(response: ServerResponse, html: string): void {
  // Card names and CRM values are data, never script; the worker and its card come from this origin.
  response.setHeader(
    "content-security-policy",
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'",
  );
  send(response, 200, "text/html; charset=utf-8", html);
}

export function sendFile(response: ServerResponse, file: BrowserFile | undefined): void {
  if (file === undefined) sendJson(response, 404, { message: "There is no such file." });
  else send(response, 200, file.contentType, file.content);
}

function send(response: ServerResponse, status: number, contentType: string, content: string): void {
  response.statusCode = status;
  response.setHeader("content-type", contentType);
  response.setHeader("cache-control", "no-store");
  response.end(content);
}

export async function readJsonBody(request: IncomingMessage): Promise<JsonObject> {
  const body: unknown = JSON.parse(await readBody(request));
  if (!isObject(body)) throw new Error("A JSON object was expected.");
  return body;
}
