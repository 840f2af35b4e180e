import { describe, expect, it } from "@jest/globals";
import { createState, hashState, isValidState, stateLifetimeMs } from "../../../server/install/install-state.ts";

const secret = "the-client-secret";
const now = 1_795_341_600_000;

describe("the state of an install", () => {
  it("holds until its fifteen minutes are over", () => {
    const state = createState(secret, now, "here");
    expect(isValidState(secret, state, now, "here")).toBe(true);
    expect(isValidState(secret, state, now + stateLifetimeMs - 1, "here")).toBe(true);
    expect(isValidState(secret, state, now + stateLifetimeMs, "here")).toBe(false);
  });

  it("is different every time", () => {
    expect(new Set(Array.from({ length: 100 }, () => createState(secret, now, "here"))).size).toBe(100);
  });

  it("does not hold under another secret", () => {
    expect(isValidState("another", createState(secret, now, "here"), now, "here")).toBe(false);
  });

  it("does not hold for an install that began elsewhere", () => {
    expect(isValidState(secret, createState(secret, now, "marketplace"), now, "here")).toBe(false);
    expect(isValidState(secret, createState(secret, now, "here"), now, "marketplace")).toBe(false);
    expect(isValidState(secret, createState(secret, now, "marketplace"), now, "marketplace")).toBe(true);
  });

  it("does not hold with any one letter changed", () => {
    const state = createState(secret, now, "here");
    for (let at = 0; at < state.length; at += 1) {
      const other = state[at] === "a" ? "b" : "a";
      const changed = state.slice(0, at) + other + state.slice(at + 1);
      // The last letter of base64 carries bits that mean nothing: another spelling of the same bytes is no longer ours.
      expect(isValidState(secret, changed, now, "here")).toBe(false);
    }
  });

  it.each(["", ".", "a.b.c", "x".repeat(2_000), "__proto__"])("does not hold for %s", (state) => {
    expect(isValidState(secret, state, now, "here")).toBe(false);
  });

  it("is remembered as 32 bytes from which it cannot be read", () => {
    const state = createState(secret, now, "here");
    expect(hashState(state)).toHaveLength(32);
    expect(hashState(state).toString("latin1")).not.toContain(state.slice(0, 8));
  });
});
