import { createHmac, timingSafeEqual } from "node:crypto";

/** HubSpot decodes these, and only these, in the URI before it signs (hubspot-api.md §3.6). */
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
const decodeUri = (uri: string) =>
  uri.replace(/%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, (code) => decoded[code.toUpperCase()] ?? code);

const maxAgeMs = 5 * 60_000;

export interface SignedRequest {
  readonly method: string;
  /** The full public address, with its query, as HubSpot called it. */
  readonly url: string;
  readonly rawBody: Buffer;
  readonly signature: string | undefined;
  /** Milliseconds since 1970, as text. */
  readonly timestamp: string | undefined;
}

export type Verdict = "valid" | "missing" | "malformed" | "stale" | "forged";

/**
 * Checks a v3 signature over the raw bytes, in constant time, with every secret that still holds (the current one and the
 * one before a rotation). Refuses what is older, or further in the future, than five minutes.
 */
export function verifySignature(request: SignedRequest, secrets: readonly string[], now: number): Verdict {
  const { signature, timestamp } = request;
  if (!signature || !timestamp) return "missing";
  if (!/^\d{13}$/.test(timestamp) || !/^[A-Za-z0-9+/]{43}=$/.test(signature)) return "malformed";
  if (Math.abs(now - Number(timestamp)) > maxAgeMs) return "stale";
  const given = Buffer.from(signature, "base64");
  let valid = false;
  for (const secret of secrets) {
    for (const url of new Set([decodeUri(request.url), request.url])) {
      const expected = createHmac("sha256", secret)
        .update(request.method + url)
        .update(request.rawBody)
        .update(timestamp)
        .digest();
      if (expected.length === given.length && timingSafeEqual(expected, given)) valid = true;
    }
  }
  return valid ? "valid" : "forged";
}
