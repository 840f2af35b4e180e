import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "@jest/globals";
import { settings } from "../../../server/config.ts";

it("describes every setting in the table of README.md, with its default, in the order of server/config.ts", () => {
  const readme = readFileSync(path.resolve(import.meta.dirname, "../../../README.md"), "utf8");
  const table = /<!-- settings -->([\s\S]*?)<!-- \/settings -->/.exec(readme)?.[1] ?? "";
  const rows = table.split("\n").filter((line) => line.startsWith("| `"));
  expect(rows.map(cellsOf)).toEqual(
    Object.entries(settings).map(([name, schema]) => [`\`${name}\``, defaultOf(schema), schema.description]),
  );
});

const cellsOf = (row: string) =>
  row
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());

type Setting = (typeof settings)[keyof typeof settings];

/** "required", "optional" for a setting that may be absent, or the default. */
function defaultOf(schema: Setting): string {
  const parsed = schema.safeParse(undefined);
  if (!parsed.success) return "required";
  return parsed.data === undefined ? "optional" : `\`${String(parsed.data)}\``;
}
