import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "@jest/globals";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFile(new URL(path, root), "utf8");

const namesIn = (list: string): string[] => list.split(",").flatMap((name) => name.trim() || []);
const notComponents = new Set(["hubspot", "useExtensionActions", "useExtensionContext"]);

async function importedComponents(): Promise<string[]> {
  const folder = "hubspot-project/src/app/cards/";
  const files = (await readdir(new URL(folder, root))).filter((name) => name.endsWith(".tsx"));
  const sources = await Promise.all(files.map((name) => read(folder + name)));
  const imports = sources.flatMap((source) => [
    ...source.matchAll(/import \{([^}]*)\} from "@hubspot\/ui-extensions(?:\/[a-z]+)?"/g),
  ]);
  const names = imports.flatMap(([, list = ""]) => namesIn(list)).filter((name) => !notComponents.has(name));
  return [...new Set(names)].sort();
}

describe("the stand-in's record page", () => {
  it("has a component for each HubSpot component that a card uses, and no other", async () => {
    const source = await read("hubspot-stand-in/browser/components/host-components.tsx");
    const list = /hostComponents = \{([^}]*)\}/.exec(source)?.[1] ?? "";
    expect(namesIn(list).sort()).toEqual(await importedComponents());
  });
});
