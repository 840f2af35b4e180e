import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";

const files = readdirSync("server/scoring", { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith(".ts"),
);
const banned =
  /\bnew Date\b|\bDate\.|\bMath\.random\b|\bprocess\b|\bfetch\(|from "node:|\bsetTimeout\b|\btoLocale|\blocaleCompare\b|\bIntl\b|\beval\b|new Function/;

describe("server/scoring", () => {
  it.each(files)(
    "%s knows no clock, network, process, locale or chance, and imports only shared and itself",
    (name) => {
      const text = readFileSync(join("server/scoring", name), "utf8");
      expect(text).not.toMatch(banned);
      const imports = [...text.matchAll(/from "([^"]+)"/g)].map(([, path]) => path ?? "");
      expect(imports.filter((path) => !path.startsWith("@touchstone/shared/") && !/^\.\.?\//.test(path))).toEqual([]);
      expect(imports.filter((path) => path.startsWith("../.."))).toEqual([]);
    },
  );
});
