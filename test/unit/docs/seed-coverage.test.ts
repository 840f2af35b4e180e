import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";

const root = path.resolve(import.meta.dirname, "../../..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const page = read("docs/seed-coverage.md");

/** The cells of each table line, by the heading that the table stands under. */
function tableUnder(heading: string): string[][] {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading));
  if (section === undefined) throw new Error(`there is no heading "${heading}"`);
  const lines = section.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| ---"));
  return lines.map((line) => line.slice(2, -2).split(" | "));
}

const rows = tableUnder("All rows").filter(([first]) => first !== "Row");
const cases = tableUnder("Cases T01–T32").filter(([first]) => first !== "Case");
const rules = tableUnder("Rules with a number").filter(([first]) => first !== "Row");
const states = ["works", "partly", "planned", "left out"];

/** Every test that a text names: `file` "name of the test". */
const namedIn = (text: string) =>
  [...text.matchAll(/`(test\/[^`]+)` "([^"]+)"/g)].map(([, file = "", name = ""]) => ({ file, name }));

describe("docs/seed-coverage.md", () => {
  it("has each of the 146 rows once, in order, with a state and what stands behind it", () => {
    expect(rows.map(([number]) => number)).toEqual(Array.from({ length: 146 }, (_, index) => String(index + 1)));
    for (const [number, name, state, text, ...more] of rows) {
      expect([number, states.includes(state ?? ""), Boolean(name), Boolean(text), more]).toEqual([
        number,
        true,
        true,
        true,
        [],
      ]);
    }
  });

  it("counts the states as they are", () => {
    const counted = tableUnder("All rows").map(([, , state]) => state);
    for (const state of states) {
      const told = new RegExp(`^\\| ${state} \\| (\\d+) \\|`, "m").exec(page)?.[1];
      expect([state, told]).toEqual([state, String(counted.filter((one) => one === state).length)]);
    }
  });

  it("has each of the cases T01 to T32 once, and at least twelve rules with a number in them", () => {
    const keys = Array.from({ length: 32 }, (_, index) => `T${String(index + 1).padStart(2, "0")}`);
    expect(cases.map(([key]) => key)).toEqual(keys);
    expect(rules.length).toBeGreaterThanOrEqual(12);
    for (const [, rule] of rules) expect(rule).toMatch(/\d|one/);
  });

  it("names a test for every row that works, every rule and every case that is not missing", () => {
    const claims = [...rows.filter(([, , state]) => state === "works"), ...rules, ...cases];
    const without = claims.filter((cells) => !cells.includes("missing") && namedIn(cells.join(" ")).length === 0);
    expect(without).toEqual([]);
  });

  it("names only tests that are there, by the name that they have", () => {
    const named = namedIn(page);
    const sources = new Map([...new Set(named.map(({ file }) => file))].map((file) => [file, read(file)]));
    const gone = named.filter(({ file, name }) => {
      const source = sources.get(file) ?? "";
      return ![`"${name}"`, `\`${name}\``].some((quoted) => new RegExp(`\\(\\s*${escaped(quoted)},`).test(source));
    });
    expect(gone).toEqual([]);
  });
});

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
