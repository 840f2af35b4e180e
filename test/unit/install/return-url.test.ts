import { describe, expect, it } from "@jest/globals";
import { addState, readReturnUrl } from "../../../server/install/return-url.ts";

const appUrl = "https://app.hubspot.com";

describe("the address that HubSpot wants an install back at", () => {
  it.each([
    "https://app.hubspot.com/ecosystem/1/marketplace/apps/touchstone",
    "https://app-eu1.hubspot.com/x?wizard=1",
    "https://app-na2.hubspot.com/",
    "https://app-ap1.hubspot.com/x#part",
  ])("is taken on HubSpot's own app: %s", (url) => {
    expect(readReturnUrl(url, appUrl)).toBe(url);
  });

  it("is taken where this server finds HubSpot, as with the stand-in", () => {
    expect(readReturnUrl("http://127.0.0.1:4000/back", "http://127.0.0.1:4000")).toBe("http://127.0.0.1:4000/back");
    expect(readReturnUrl("http://127.0.0.1:4001/back", "http://127.0.0.1:4000")).toBeNull();
  });

  it.each([
    "",
    "app.hubspot.com",
    "//app.hubspot.com/x",
    "/x",
    "http://app.hubspot.com/x",
    "https://app.hubspot.com:8443/x",
    "https://app.hubspot.com@evil.example/x",
    "https://user@app.hubspot.com/x",
    "https://app.hubspot.com.evil.example/x",
    "https://evil.example/app.hubspot.com",
    "https://evilapp.hubspot.com/x",
    "https://app-eu1.evil.hubspot.com/x",
    "https://app-evil.hubspot.com/x",
    "https://apphubspot.com/x",
    "https://share.hubspot.com/x",
    "https://app.hubspot.com\\.evil.example/x",
    "javascript:alert(1)//app.hubspot.com",
    "data:text/html,app.hubspot.com",
  ])("is not taken anywhere else: %j", (url) => {
    const taken = readReturnUrl(url, appUrl);
    // A backslash is a slash to browsers and to us: then the host is HubSpot's.
    expect(taken === null || new URL(taken).origin === appUrl).toBe(true);
    if (!url.includes("\\")) expect(taken).toBeNull();
  });

  it("gets the state behind whatever query it has, which stays as it is written", () => {
    expect(addState("https://app.hubspot.com/x", "s-1")).toBe("https://app.hubspot.com/x?state=s-1");
    expect(addState("https://app.hubspot.com/x?a=%20b+c#d", "s-1")).toBe(
      "https://app.hubspot.com/x?a=%20b+c&state=s-1#d",
    );
  });
});
