import { createHmac } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { type SignedRequest, verifySignature } from "../../../server/http/hubspot-signature.ts";

const secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
const now = 1_795_341_600_000;

/** A request signed over exactly the text that `url` gives. */
function signed(url: string, body: string, given: Partial<SignedRequest> & { key?: string } = {}): SignedRequest {
  const timestamp = String(now);
  const text = `POST${url}${body}${timestamp}`;
  const signature = createHmac("sha256", given.key ?? secret)
    .update(text)
    .digest("base64");
  const { key: _, ...rest } = given;
  return { method: "POST", url, rawBody: Buffer.from(body), signature, timestamp, ...rest };
}

describe("HubSpot's own test vectors (hubspot-api.md §3.6)", () => {
  it.each([
    ["1693657560000", "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y="],
    ["1700000300000", "RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw="],
  ])("hold at %s", (timestamp, signature) => {
    const request = {
      method: "POST",
      url: "https://www.example.com/webhook_uri",
      rawBody: Buffer.from("{'example_field':'example_value'}"),
      signature,
      timestamp,
    };
    expect(verifySignature(request, [secret], Number(timestamp))).toBe("valid");
    expect(verifySignature({ ...request, method: "GET" }, [secret], Number(timestamp))).toBe("forged");
  });
});

describe("a signature", () => {
  it("holds over a body with letters of any language, byte for byte", () => {
    expect(verifySignature(signed("https://a.example.com/x", '{"n":"Zoë 東京 🎯"}'), [secret], now)).toBe("valid");
  });

  it("holds when HubSpot decoded the address before signing, and when it did not", () => {
    const sent = "https://a.example.com/x?userEmail=rep%40example.com&q=a%20b%26c%2C";
    const decoded = "https://a.example.com/x?userEmail=rep@example.com&q=a%20b%26c,";
    expect(verifySignature({ ...signed(decoded, ""), url: sent }, [secret], now)).toBe("valid");
    expect(verifySignature(signed(sent, ""), [secret], now)).toBe("valid");
  });

  it("does not hold when more was decoded than HubSpot decodes", () => {
    const over = { ...signed("https://a.example.com/x?q=a b", ""), url: "https://a.example.com/x?q=a%20b" };
    expect(verifySignature(over, [secret], now)).toBe("forged");
  });

  it("made with the secret before a rotation holds as long as we keep that secret", () => {
    const old = signed("https://a.example.com/x", "[]", { key: "the-old-secret" });
    expect(verifySignature(old, [secret, "the-old-secret"], now)).toBe("valid");
    expect(verifySignature(old, [secret], now)).toBe("forged");
  });

  it.each([
    [-300_000, "valid"],
    [-300_001, "stale"],
    [300_000, "valid"],
    [300_001, "stale"],
  ])("looked at %d ms away from its time is %s", (ms, verdict) => {
    expect(verifySignature(signed("https://a.example.com/x", "[]"), [secret], now + ms)).toBe(verdict);
  });

  it.each([
    ["no signature", { signature: undefined }, "missing"],
    ["no time", { timestamp: undefined }, "missing"],
    ["a time in seconds", { timestamp: "1795341600" }, "malformed"],
    ["a time that is not a number", { timestamp: "NaN0000000000" }, "malformed"],
    ["a signature in hex", { signature: "a".repeat(64) }, "malformed"],
    ["a signature that is one byte short", { signature: "QUJD" }, "malformed"],
    ["another body", { rawBody: Buffer.from("[1]") }, "forged"],
  ] satisfies [string, Partial<SignedRequest>, string][])("with %s is refused", (_, parts, verdict) => {
    expect(verifySignature({ ...signed("https://a.example.com/x", "[]"), ...parts }, [secret], now)).toBe(verdict);
  });
});
