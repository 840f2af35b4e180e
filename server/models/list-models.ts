import type { PortalId } from "@touchstone/shared/ids.ts";
import type { ModelsView, ModelTemplateView, ModelVersionView } from "@touchstone/shared/models-api.ts";
import type { Context } from "../context.ts";
import { listModelVersions, type ModelVersion, readModelVersion } from "../db/portal-models.ts";
import { NotFound } from "../errors.ts";
import { loadTemplate, templateKeys } from "../scoring/load-template.ts";

const maxListed = 200;

/** The portal's models: what is active, what was, and the templates to begin from. */
export async function listModels(ctx: Pick<Context, "db">, portalId: PortalId): Promise<ModelsView> {
  const versions = (await listModelVersions(ctx.db, portalId, maxListed)).map(toView);
  return { active: versions.filter((version) => version.active), versions, templates: listTemplates() };
}

/** The document of a version, as it was published. */
export async function getModelVersion(
  ctx: Pick<Context, "db">,
  portalId: PortalId,
  key: string,
  version: number,
): Promise<{ model: object }> {
  const stored = await readModelVersion(ctx.db, portalId, key, version);
  if (!stored) throw new NotFound(`There is no version ${version} of a model called ${key}.`);
  return { model: stored.document };
}

export function getTemplate(key: string): { model: object } {
  const model = loadTemplate(key);
  if (!model) throw new NotFound(`There is no template called ${key}: use ${templateKeys.join(", ")}.`);
  return { model };
}

function listTemplates(): ModelTemplateView[] {
  return templateKeys.flatMap((key) => {
    const model = loadTemplate(key);
    if (!model) return [];
    const { name, purpose, description, source } = model;
    return [{ key, name, purpose, description, source }];
  });
}

const toView = ({ publishedAt, ...version }: ModelVersion): ModelVersionView => ({
  ...version,
  publishedAt: publishedAt.getTime(),
});
