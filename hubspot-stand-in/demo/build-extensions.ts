import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import type { PageExtensionBundle } from "../record-page/record-page-options.ts";

const run = promisify(execFile);

/** Has the project's own build bundle its cards and pages with HubSpot's bundler; the stand-in only reads what comes out. */
export async function buildExtensions(projectDir: string, outputDir: string): Promise<PageExtensionBundle[]> {
  await run(process.execPath, [path.join(projectDir, "build.ts"), "--bundles-to", outputDir], { maxBuffer: 1 << 24 });
  return JSON.parse(await readFile(path.join(outputDir, "extensions.json"), "utf8"));
}
