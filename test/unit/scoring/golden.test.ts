import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { goldenModels, goldenRows } from "./golden-rows.ts";

describe("sixty accounts", () => {
  it.each(Object.entries(goldenModels))("have the ledgers of the golden file, byte for byte: %s", (key, model) => {
    const written = readFileSync(`test/unit/scoring/golden/${key}.txt`, "utf8").trimEnd().split("\n");
    expect(goldenRows(model)).toEqual(written);
  });
});
