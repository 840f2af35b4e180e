import { randomBytes } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { createTokenCipher } from "../../../server/install/token-cipher.ts";

const newKey = (id: string) => ({ id, key: randomBytes(32).toString("base64") });
const [first, second] = [newKey("k1"), newKey("k2")];

describe("a sealed token", () => {
  it.each(["token", "", "Zoë 東京", "x".repeat(512)])("opens again: %s", (token) => {
    const cipher = createTokenCipher([first]);
    const sealed = cipher.encrypt(token, 4242);
    expect(cipher.decrypt(sealed, 4242)).toBe(token);
    if (token !== "") expect(sealed).not.toContain(token);
  });

  it("never looks the same twice", () => {
    const cipher = createTokenCipher([first]);
    expect(cipher.encrypt("token", 1)).not.toBe(cipher.encrypt("token", 1));
  });

  it("does not open for another portal", () => {
    const cipher = createTokenCipher([first]);
    const sealed = cipher.encrypt("token", 1);
    expect(() => cipher.decrypt(sealed, 2)).toThrow();
  });

  it.each([2, 3, 4])("does not open when its part %d was changed", (part) => {
    const cipher = createTokenCipher([first]);
    const parts = cipher.encrypt("token", 1).split(".");
    const bytes = Buffer.from(parts[part] ?? "", "base64url");
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    parts[part] = bytes.toString("base64url");
    expect(() => cipher.decrypt(parts.join("."), 1)).toThrow();
  });

  it("does not open with a cut tag", () => {
    const cipher = createTokenCipher([first]);
    const parts = cipher.encrypt("token", 1).split(".");
    parts[3] = Buffer.from(parts[3] ?? "", "base64url")
      .subarray(0, 4)
      .toString("base64url");
    expect(() => cipher.decrypt(parts.join("."), 1)).toThrow();
  });
});

describe("keys that rotate", () => {
  it("open what an older key sealed, and say that it is old", () => {
    const sealed = createTokenCipher([first]).encrypt("token", 1);
    const rotated = createTokenCipher([second, first]);
    expect(rotated.decrypt(sealed, 1)).toBe("token");
    expect(rotated.isOld(sealed)).toBe(true);
    expect(rotated.isOld(rotated.encrypt("token", 1))).toBe(false);
  });

  it("that are gone are named by their id, without a key or a token", () => {
    const sealed = createTokenCipher([first]).encrypt("token-needle", 1);
    const withoutIt = createTokenCipher([second]);
    expect(() => withoutIt.decrypt(sealed, 1)).toThrow(
      "a stored token needs the key k1, which TOKEN_KEYS does not have",
    );
  });

  it.each(["", "v1", "v2.k1.a.b.c", "v1.constructor.a.b.c", "plain text"])(
    "refuse what they never sealed: %s",
    (text) => {
      expect(() => createTokenCipher([first]).decrypt(text, 1)).toThrow();
    },
  );
});
