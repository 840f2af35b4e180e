import { createHash, createHmac } from "node:crypto";

const decoded: Readonly<Record<string, string>> = {
  "%3A": ":",
  "%2F": "/",
  "%3F": "?",
  "%40": "@",
  "%21": "!",
  "%24": "$",
  "%27": "'",
  "%28": "(",
  "%29": ")",
  "%2A": "*",
  "%2C": ",",
  "%3B": ";",
};

/** HubSpot decodes just these before it hashes (hubspot-api.md §3.6). */
function decodeForSignature(url: string): string {
  return url.replace(/%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, (code) => decoded[code.toUpperCase()] ?? code);
}

export interface SignedParts {
  readonly method: string;
  /** The full public address with its query. */
  readonly url: string;
  readonly body: string;
}

export function signV3(secret: string, { method, url, body }: SignedParts, timestamp: number): string {
  return createHmac("sha256", secret)
    .update(`${method}${decodeForSignature(url)}${body}${timestamp}`, "utf8")
    .digest("base64");
}

export function signV2(secret: string, { method, url, body }: SignedParts): string {
  return createHash("sha256").update(`${secret}${method}${url}${body}`, "utf8").digest("hex");
}

export function signV1(secret: string, body: string): string {
  return createHash("sha256").update(`${secret}${body}`, "utf8").digest("hex");
}
