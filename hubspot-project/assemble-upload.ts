import { cp, mkdir, readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";

const projectDir = import.meta.dirname;
const sharedDir = join(projectDir, "..", "shared");
const buildDir = join(projectDir, "build");

/**
 * Puts together what is uploaded for one profile, in `build/<profile>/`. The cards' `file:../../../../shared` leads from
 * there to `build/shared`, so a copy of the shared package lies beside it; HubSpot's CLI packs it into the upload.
 */
export async function assembleUpload(profile: string): Promise<string> {
  const profiles = await profileNames();
  if (!profiles.includes(profile)) {
    throw new Error(`There is no profile "${profile}". Choose one of: ${profiles.join(", ")}.`);
  }
  const uploadDir = join(buildDir, profile);
  await rm(uploadDir, { recursive: true, force: true });
  await mkdir(uploadDir, { recursive: true });
  await cp(join(projectDir, "hsproject.json"), join(uploadDir, "hsproject.json"));
  await cp(join(projectDir, "src"), join(uploadDir, "src"), { recursive: true, filter: isUploaded });
  await rm(join(buildDir, "shared"), { recursive: true, force: true });
  await cp(sharedDir, join(buildDir, "shared"), { recursive: true, filter: isUploaded });
  return uploadDir;
}

async function profileNames(): Promise<string[]> {
  const files = await readdir(join(projectDir, "src"));
  return files.flatMap((file) => /^hsprofile\.(.+)\.json$/.exec(file)?.[1] ?? []);
}

const isUploaded = (path: string): boolean => basename(path) !== "node_modules";
