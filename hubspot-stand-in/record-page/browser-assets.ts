import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import type { PageExtensionBundle } from "./record-page-options.ts";

export interface BrowserFile {
  readonly contentType: string;
  readonly content: string;
}

export type BrowserAssets = ReadonlyMap<string, BrowserFile>;

const browserDir = join(import.meta.dirname, "..", "browser");
const script = "text/javascript; charset=utf-8";
const style = "text/css; charset=utf-8";

/** The pages' scripts and style, built in memory, and the extensions' bundles exactly as HubSpot's bundler wrote them. */
export async function buildBrowserAssets(extensions: readonly PageExtensionBundle[]): Promise<BrowserAssets> {
  const { outputFiles } = await build({
    entryPoints: ["portal-page.tsx", "record-page.tsx", "extension-page.tsx", "extension-worker.ts", "pages.css"].map(
      (file) => join(browserDir, file),
    ),
    outdir: browserDir,
    write: false,
    bundle: true,
    format: "iife",
    target: "es2022",
    jsx: "automatic",
    minify: true,
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "warning",
  });
  const files = new Map<string, BrowserFile>();
  for (const { path, text } of outputFiles) {
    const name = path.slice(browserDir.length + 1);
    files.set(name, { contentType: name.endsWith(".css") ? style : script, content: text });
  }
  for (const { uid, bundleFile } of extensions) {
    files.set(extensionFileName(uid), { contentType: script, content: await readFile(bundleFile, "utf8") });
  }
  return files;
}

export const extensionFileName = (uid: string): string => `extension-${uid}.js`;
