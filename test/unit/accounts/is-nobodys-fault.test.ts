import { describe, expect, it } from "@jest/globals";
import { isNobodysFault } from "../../../server/accounts/is-nobodys-fault.ts";
import { PortalDisconnected } from "../../../server/errors.ts";

const failure = (code: string) => Object.assign(new Error("failed"), { code });

describe("a failure of a batch", () => {
  it.each(["40P01", "57P01", "42703", "58030"])("with code %s is no account's fault", (code) => {
    expect(isNobodysFault(failure(code))).toBe(true);
  });

  it("is none either when the portal went", () => {
    expect(isNobodysFault(new PortalDisconnected("gone"))).toBe(true);
  });

  it.each(["57014", "22P02", "23502"])("with code %s may be one account's, which is sought", (code) => {
    expect(isNobodysFault(failure(code))).toBe(false);
  });
});
