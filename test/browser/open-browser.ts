import { mkdir } from "node:fs/promises";
import path from "node:path";
import { chromium, type Locator, type Page } from "playwright-core";
import { buildExtensions } from "../../hubspot-stand-in/demo/build-extensions.ts";
import { mountPages } from "../../hubspot-stand-in/demo/mount-pages.ts";
import { testAddress } from "../support/test-database.ts";
import type { World } from "../support/world.ts";

const root = path.resolve(import.meta.dirname, "..", "..");
/** UPDATE_IMAGES=1 renews the pictures of the documents; otherwise they go where nobody commits them. */
const imagesDir = path.join(root, process.env.UPDATE_IMAGES ? "docs/images" : "test-results/images");
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export interface OpenBrowser {
  readonly page: Page;
  /** Errors of the page itself and answers that were refused, as they came. */
  readonly faults: string[];
  /** All of the page. */
  picture(name: string): Promise<void>;
  /** What is in sight, with a dialog that lies over it. */
  view(name: string): Promise<void>;
  /** One part of the page. */
  part(name: string, of: Locator): Promise<void>;
  close(): Promise<void>;
}

/** Chromium on the stand-in's pages of a world, on which the cards and pages run as HubSpot's bundler builds them. */
export async function openBrowser(world: Pick<World, "standIn" | "appUrl">, builtTo: string): Promise<OpenBrowser> {
  await mkdir(imagesDir, { recursive: true });
  const extensions = await buildExtensions(
    path.join(root, "hubspot-project"),
    path.join(root, "test-results", builtTo),
  );
  await mountPages(world.standIn, extensions, world.appUrl);
  const browser = await chromium.launch({ executablePath: testAddress("TEST_CHROMIUM"), args: flags });
  const page = await browser.newPage({ viewport: { width: 1360, height: 1000 } });
  page.setDefaultTimeout(15_000);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("response", (answer) => answer.status() >= 400 && faults.push(`${answer.status()} ${answer.url()}`));
  return {
    page,
    faults,
    picture: async (name) => void (await page.screenshot({ path: path.join(imagesDir, name), fullPage: true })),
    view: async (name) => void (await page.screenshot({ path: path.join(imagesDir, name) })),
    part: async (name, of) => void (await of.screenshot({ path: path.join(imagesDir, name) })),
    close: () => browser.close(),
  };
}
