import { join } from "node:path";
import { http } from "@hubspot/local-dev-lib/http";
import { parseProjectConfig } from "@hubspot/project-parsing-lib/projects";
import { translate } from "@hubspot/project-parsing-lib/translate";
import { componentSchemas } from "./component-schemas.ts";

export interface UploadedComponent {
  readonly uid: string;
  readonly type: string;
  readonly config: unknown;
}

/**
 * Runs HubSpot's own parser and validation over an assembled upload. Only its one request, for HubSpot's schemas, is
 * answered by ours: that one needs an account. Throws with HubSpot's list of faults.
 */
export async function validateUpload(uploadDir: string, profile: string): Promise<UploadedComponent[]> {
  const project = parseProjectConfig(uploadDir);
  const { intermediateRepresentation, skippedHsMetaFiles } = await withOurSchemas(() =>
    translate(
      { projectSourceDir: join(uploadDir, project.srcDir), platformVersion: project.platformVersion, accountId: 1 },
      { profile },
    ),
  );
  // The parser leaves out a file in the wrong place without an error (hubspot-project.md §1.2).
  if (skippedHsMetaFiles.length > 0) throw new Error(`HubSpot would skip ${skippedHsMetaFiles.join(", ")}.`);
  return Object.values(intermediateRepresentation.intermediateNodesIndexedByUid).map((node) => ({
    uid: node.uid,
    type: node.componentType,
    config: node.config,
  }));
}

async function withOurSchemas<T>(work: () => Promise<T>): Promise<T> {
  const original = http.get;
  Object.assign(http, { get: async () => ({ data: componentSchemas }) });
  try {
    return await work();
  } finally {
    http.get = original;
  }
}
