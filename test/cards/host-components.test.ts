import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "@jest/globals";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFile(new URL(path, root), "utf8");

const folders = ["screens", "src/app/actions", "src/app/cards", "src/app/pages", "src/app/settings"].map(
  (folder) => `hubspot-project/${folder}/`,
);
/** Said to HubSpot's router and never rendered. */
const descriptors = new Set(["PageRoutes"]);

const namesIn = (list: string): string[] => list.split(",").flatMap((name) => name.trim() || []);
const isComponent = (name: string) => /^[A-Z]/.test(name) && !descriptors.has(name);

async function sourcesOfExtensions(): Promise<string[]> {
  const lists = await Promise.all(
    folders.map(async (folder) => {
      const files = await readdir(new URL(folder, root)).catch(() => [] as string[]);
      return files.filter((name) => name.endsWith(".tsx")).map((name) => read(folder + name));
    }),
  );
  return Promise.all(lists.flat());
}

/** Imported from HubSpot's package, and their parts: `PageHeader.PrimaryAction` is HubSpot's `PageHeaderPrimaryAction`. */
function componentsOf(source: string): string[] {
  const imports = source.matchAll(/import \{([^}]*)\} from "@hubspot\/ui-extensions(?:\/[a-z/]+)?"/g);
  const names = [...imports].flatMap(([, list = ""]) => namesIn(list)).filter(isComponent);
  const parts = names.flatMap((name) =>
    [...source.matchAll(new RegExp(`<${name}\\.(\\w+)`, "g"))].map(([, part]) => `${name}${part}`),
  );
  return [...names, ...parts];
}

describe("the stand-in's pages", () => {
  it("have a component for each HubSpot component that a card or page uses, and no other", async () => {
    const source = await read("hubspot-stand-in/browser/components/host-components.tsx");
    const list = /hostComponents = \{([^}]*)\}/.exec(source)?.[1] ?? "";
    const used = (await sourcesOfExtensions()).flatMap(componentsOf);
    expect(namesIn(list).sort()).toEqual([...new Set(used)].sort());
  });
});
