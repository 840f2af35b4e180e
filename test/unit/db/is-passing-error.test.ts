import { describe, expect, it } from "@jest/globals";
import { isPassingError } from "../../../server/db/is-passing-error.ts";

const failure = (code: string | undefined, message = "failed") =>
  Object.assign(new Error(message), code ? { code } : {});

describe("a failure of the database", () => {
  it.each(["40P01", "40001", "57P01", "53300", "08006", "55P03", "58030", "ECONNREFUSED", "ECONNRESET"])(
    "with code %s passes by itself",
    (code) => {
      expect(isPassingError(failure(code))).toBe(true);
    },
  );

  it.each(["22021", "23502", "42601", "55000"])("with code %s does not", (code) => {
    expect(isPassingError(failure(code))).toBe(false);
  });

  it("without a code is told by its words", () => {
    expect(isPassingError(failure(undefined, "Connection terminated unexpectedly"))).toBe(true);
    const afterLoss = "Client has encountered a connection error and is not queryable";
    expect(isPassingError(failure(undefined, afterLoss))).toBe(true);
    expect(isPassingError(failure(undefined, "no such column"))).toBe(false);
    expect(isPassingError("away")).toBe(false);
  });
});
