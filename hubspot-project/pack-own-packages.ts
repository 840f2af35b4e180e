import { cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

/**
 * Copies the packages of ours that an extension takes (`file:` in its package.json) into its folder of the upload, and has
 * package.json and package-lock.json name them there. HubSpot's CLI would pack them itself, but of several extensions that take the
 * same folder it packs that for the first one only (`collectFileDependencies` of project-parsing-lib 0.23.0). And only within
 * the folder do our packages find React and HubSpot's SDK, where HubSpot's `npm ci` puts them.
 */
export async function packOwnPackages(sourceDir: string, uploadDir: string): Promise<void> {
  const manifest: { dependencies: Record<string, string> } = JSON.parse(
    await readFile(join(sourceDir, "package.json"), "utf8"),
  );
  for (const [name, range] of Object.entries(manifest.dependencies)) {
    if (!range.startsWith("file:")) continue;
    const path = range.slice("file:".length);
    const packed = `packages/${basename(path)}`;
    await cp(resolve(sourceDir, path), join(uploadDir, packed), { recursive: true, filter: isPacked });
    for (const file of ["package.json", "package-lock.json"]) await rename(join(uploadDir, file), path, packed);
    await linkAsInstalled(uploadDir, name, packed);
  }
}

const isPacked = (path: string): boolean => basename(path) !== "node_modules";

async function rename(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replaceAll(`"file:${from}"`, `"file:${to}"`).replaceAll(`"${from}"`, `"${to}"`));
}

/** As `npm ci` does there, so that what is bundled here is what was packed. An upload leaves node_modules out. */
async function linkAsInstalled(uploadDir: string, name: string, packed: string): Promise<void> {
  const link = join(uploadDir, "node_modules", name);
  await mkdir(dirname(link), { recursive: true });
  await symlink(join(uploadDir, packed), link, "dir");
}
