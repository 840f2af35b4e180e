import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { remoteBuild } from "@hubspot/ui-extensions-dev-server/build";
import { bulkActionFolder, extensionFolders } from "./extension-folders.ts";

export interface ExtensionBundle {
  readonly uid: string;
  readonly name: string;
  /** Where HubSpot shows it: a card's own location, "pages", "settings" or "crm.bulkActions". */
  readonly location: string;
  /** Empty for what is not shown on a record. */
  readonly objectTypes: readonly string[];
  /** Of a bulk action: how it opens. */
  readonly displayMode?: string;
  /** Absolute path of the built script. */
  readonly bundleFile: string;
  readonly bytes: number;
}

interface ExtensionMeta {
  uid: string;
  config: {
    name?: string;
    label?: string;
    entrypoint: string;
    location?: string;
    objectTypes?: string[];
    displayMode?: string;
  };
}

/** A bulk action is the only kind that has a label, and its meta file does not say where it is shown (hubspot-project.md §3.3). */
const locationOf = (folder: string): string => (folder === bulkActionFolder ? "crm.bulkActions" : folder);

/** Builds every extension of `sourceDir` with HubSpot's bundler, and lists them in `<outputDir>/extensions.json`. */
export async function bundleExtensions(sourceDir: string, outputDir: string): Promise<ExtensionBundle[]> {
  const { config: app } = await readMeta(join(sourceDir, "app", "app-hsmeta.json"));
  const bundles: ExtensionBundle[] = [];
  for (const folder of extensionFolders) {
    const dir = join(sourceDir, "app", folder);
    const files = await readdir(dir).catch(() => []);
    for (const file of files.filter((name) => name.endsWith("-hsmeta.json"))) {
      const { uid, config } = await readMeta(join(dir, file));
      const built = await bundle(dir, basename(config.entrypoint), join(resolve(outputDir), uid));
      const { name = config.label ?? app.name ?? uid, location = locationOf(folder), objectTypes = [] } = config;
      const { displayMode } = config;
      bundles.push({ uid, name, location, objectTypes, ...(displayMode && { displayMode }), ...built });
    }
  }
  await mkdir(outputDir, { recursive: true });
  await writeFile(join(outputDir, "extensions.json"), `${JSON.stringify(bundles, null, 2)}\n`);
  return bundles;
}

const readMeta = async (file: string): Promise<ExtensionMeta> => JSON.parse(await readFile(file, "utf8"));

/** `outputDir` is the extension's own: HubSpot's bundler empties the folder that it writes to. */
async function bundle(root: string, entryPoint: string, outputDir: string) {
  // HubSpot's bundler bakes this into the script; with any other value it packs React's development code (64 KB).
  process.env.NODE_ENV = "production";
  await remoteBuild({ root, entryPoint, outputDir, logLevel: "warn", appConfig: { variables: {} } });
  const bundleFile = join(outputDir, entryPoint.replace(/\.[jt]sx?$/, ".js"));
  return { bundleFile, bytes: (await stat(bundleFile)).size };
}
