import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { appObjectFiles, withAppObjectScopes } from "./app-object-files.ts";
import { bulkActionFolder, extensionFolders } from "./extension-folders.ts";
import { packOwnPackages } from "./pack-own-packages.ts";

const projectDir = import.meta.dirname;
const buildDir = join(projectDir, "build");

/** HubSpot has granted the names of our app objects to this app; its id is part of their scopes. */
export interface ApprovedAppObjects {
  readonly appId: number;
}

/** What HubSpot takes from some apps only: one of them too many, and it refuses the whole upload. */
export interface GatedParts {
  readonly appObjects: ApprovedAppObjects | null;
  readonly bulkActions: boolean;
}

/**
 * Puts together what is uploaded for one profile, in `build/<profile>/`: the sources, and in the folder of each extension the
 * packages of ours that it takes. Parts that HubSpot has to grant are in it only when it has.
 */
export async function assembleUpload(profile: string, { appObjects, bulkActions }: GatedParts): Promise<string> {
  const profiles = await profileNames();
  if (!profiles.includes(profile)) {
    throw new Error(`There is no profile "${profile}". Choose one of: ${profiles.join(", ")}.`);
  }
  const uploadDir = join(buildDir, profile);
  await rm(uploadDir, { recursive: true, force: true });
  await mkdir(uploadDir, { recursive: true });
  await cp(join(projectDir, "hsproject.json"), join(uploadDir, "hsproject.json"));
  await cp(join(projectDir, "src"), join(uploadDir, "src"), { recursive: true, filter: isUploaded });
  const appDir = join(uploadDir, "src", "app");
  if (!bulkActions) await rm(join(appDir, bulkActionFolder), { recursive: true });
  for (const folder of extensionFolders.filter((one) => bulkActions || one !== bulkActionFolder))
    await packOwnPackages(join(projectDir, "src", "app", folder), join(appDir, folder));
  if (appObjects) await addAppObjects(appDir, appObjects);
  return uploadDir;
}

async function addAppObjects(appDir: string, { appId }: ApprovedAppObjects): Promise<void> {
  for (const { path, content } of appObjectFiles()) {
    await mkdir(dirname(join(appDir, path)), { recursive: true });
    await writeFile(join(appDir, path), `${JSON.stringify(content, null, 2)}\n`);
  }
  const appFile = join(appDir, "app-hsmeta.json");
  const meta = withAppObjectScopes(JSON.parse(await readFile(appFile, "utf8")), appId);
  await writeFile(appFile, `${JSON.stringify(meta, null, 2)}\n`);
}

async function profileNames(): Promise<string[]> {
  const files = await readdir(join(projectDir, "src"));
  return files.flatMap((file) => /^hsprofile\.(.+)\.json$/.exec(file)?.[1] ?? []);
}

const isUploaded = (path: string): boolean => basename(path) !== "node_modules";
