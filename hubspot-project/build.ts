import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { isTranslationError } from "@hubspot/project-parsing-lib/translate";
import { assembleUpload } from "./assemble-upload.ts";
import { bundleExtensions, type ExtensionBundle } from "./bundle-extensions.ts";
import { validateUpload } from "./validate-upload.ts";

/**
 * Not HubSpot's limits, which are not published: ours, so that a screen opens at once on a slow line. An app has one page
 * and one settings component, so all their routes and sections are one bundle each (decisions 0025 and 0027).
 */
const maxBytesOf = (location: string): number => (location.startsWith("crm.") ? 30 : 48) * 1024;
/** In a bundle with React 19 by mistake; HubSpot's React 18 refuses its elements (hubspot-project.md §4). */
const REACT_19_MARK = "react.transitional.element";

const usage = `Usage: node hubspot-project/build.ts --profile <name>       assemble, validate and bundle the upload
       APP_OBJECTS_APPROVED=true HUBSPOT_APP_ID=<id> …                the same with the app objects, once HubSpot granted their names
       BULK_ACTIONS_BETA=true …                                       the same with the bulk action, where HubSpot's beta takes it
       node hubspot-project/build.ts --bundles-to <folder>  only bundle every extension, and list them in <folder>/extensions.json`;

async function buildUpload(profile: string): Promise<void> {
  const uploadDir = await assembleUpload(profile, {
    appObjects: approvedAppObjects(process.env),
    bulkActions: process.env.BULK_ACTIONS_BETA === "true",
  });
  say(`assembled  ${relative(process.cwd(), uploadDir)}`);
  for (const { type, uid } of await validateUpload(uploadDir, profile)) say(`valid      ${type} ${uid}`);
  const bundles = await bundleExtensions(join(uploadDir, "src"), join(uploadDir, "..", `${profile}-bundles`));
  for (const bundle of bundles) await checkBundle(bundle);
  say(`ready      cd ${relative(process.cwd(), uploadDir)} && hs project upload --profile ${profile}`);
}

/** The same two settings as the server's. */
function approvedAppObjects(env: NodeJS.ProcessEnv) {
  if (env.APP_OBJECTS_APPROVED !== "true") return null;
  const appId = Number(env.HUBSPOT_APP_ID);
  if (!Number.isSafeInteger(appId) || appId <= 0)
    throw new Error("App objects have the app's id in their scopes: set HUBSPOT_APP_ID as well.");
  return { appId };
}

async function checkBundle({ uid, location, bytes, bundleFile }: ExtensionBundle): Promise<void> {
  const most = maxBytesOf(location);
  if (bytes > most) throw new Error(`The bundle of ${uid} has ${bytes} bytes; the limit is ${most}.`);
  const script = await readFile(bundleFile, "utf8");
  if (script.includes(REACT_19_MARK))
    throw new Error(`The bundle of ${uid} was built with React 19; HubSpot runs React 18.`);
  say(`bundled    ${uid}, ${(bytes / 1024).toFixed(1)} of at most ${most / 1024} KB, React 18`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { profile: { type: "string" }, "bundles-to": { type: "string" } } });
  const bundlesTo = values["bundles-to"];
  if (bundlesTo !== undefined) {
    await bundleExtensions(join(import.meta.dirname, "src"), bundlesTo);
    say(join(bundlesTo, "extensions.json"));
  } else if (values.profile !== undefined) {
    await buildUpload(values.profile);
  } else {
    throw new Error(usage);
  }
}

/** HubSpot keeps its list of faults out of the message of its own error. */
function faultOf(error: unknown): string {
  if (isTranslationError(error)) return error.toString();
  return error instanceof Error ? error.message : String(error);
}

main().catch((error: unknown) => {
  process.stderr.write(`${faultOf(error)}\n`);
  process.exitCode = 1;
});
