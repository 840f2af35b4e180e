import { readFile } from "node:fs/promises";
import { describe, expect, it } from "@jest/globals";
import { createSwitches, switchDefinitions } from "../../../hubspot-stand-in/switches.ts";

describe("The switches", () => {
  it("stand in the README's table, each with its positions, default first, reason and section", async () => {
    const readme = await readFile(new URL("../../../hubspot-stand-in/README.md", import.meta.url), "utf8");
    const listed = readme.split("\n").filter((line) => line.startsWith("| `"));
    const expected = Object.entries(switchDefinitions).map(([name, { values, why, section }]) => {
      const [first, ...others] = values.map((value) => `\`${String(value)}\``);
      return `| \`${name}\` | **${first}**, ${others.join(", ")} | ${why} | ${section} |`;
    });
    expect(listed).toEqual(expected);
  });

  it("start in their default position and refuse what does not exist", () => {
    expect(createSwitches().partialFailureStatus).toBe(200);
    expect(createSwitches({ partialFailureStatus: 207 }).partialFailureStatus).toBe(207);
    const unknown: Record<string, unknown> = { gravity: "off" };
    expect(() => createSwitches(unknown)).toThrow("There is no switch gravity.");
  });
});
