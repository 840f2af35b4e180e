import { describe, expect, it } from "@jest/globals";
import { valueText } from "@touchstone/shared/score-text.ts";

describe("a property's value", () => {
  it.each([
    ["72000000", "72,000,000"],
    ["480", "480"],
    ["2026", "2026"],
    ["COMPUTER_SOFTWARE", "Computer software"],
    ["BANKING", "Banking"],
    ["USA", "USA"],
    ["United States", "United States"],
    ["3.5e6", "3.5e6"],
    ["", ""],
  ])("%p reads %p", (value, text) => {
    expect(valueText(value)).toBe(text);
  });
});
