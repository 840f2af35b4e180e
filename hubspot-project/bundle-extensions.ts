import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { remoteBuild } from "@hubspot/ui-extensions-dev-server/build";

export interface CardBundle {
  readonly uid: string;
  readonly name: string;
  readonly location: string;
  readonly objectTypes: readonly string[];
  /** Absolute path of the built script. */
  readonly bundleFile: string;
  readonly bytes: number;
}

interface CardMeta {
  uid: string;
  config: { name: string; entrypoint: string; location: string; objectTypes: string[] };
}

/** Builds every card of `sourceDir` with HubSpot's bundler, and lists them in `<outputDir>/cards.json`. */
export async function bundleCards(sourceDir: string, outputDir: string): Promise<CardBundle[]> {
  const cardsDir = join(sourceDir, "app", "cards");
  const files = await readdir(cardsDir);
  const bundles: CardBundle[] = [];
  for (const file of files.filter((name) => name.endsWith("-hsmeta.json"))) {
    const meta: CardMeta = JSON.parse(await readFile(join(cardsDir, file), "utf8"));
    bundles.push(await bundleCard(cardsDir, meta, resolve(outputDir)));
  }
  await mkdir(outputDir, { recursive: true });
  await writeFile(join(outputDir, "cards.json"), `${JSON.stringify(bundles, null, 2)}\n`);
  return bundles;
}

async function bundleCard(cardsDir: string, { uid, config }: CardMeta, outputDir: string): Promise<CardBundle> {
  const entryPoint = basename(config.entrypoint);
  // A folder of its own: HubSpot's bundler empties the folder that it writes to.
  const cardDir = join(outputDir, uid);
  // HubSpot's bundler bakes this into the card; with any other value it packs React's development code (64 KB).
  process.env.NODE_ENV = "production";
  await remoteBuild({ root: cardsDir, entryPoint, outputDir: cardDir, logLevel: "warn", appConfig: { variables: {} } });
  const bundleFile = join(cardDir, entryPoint.replace(/\.[jt]sx?$/, ".js"));
  const bytes = (await stat(bundleFile)).size;
  return { uid, name: config.name, location: config.location, objectTypes: config.objectTypes, bundleFile, bytes };
}
