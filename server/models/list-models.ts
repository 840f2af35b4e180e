import type { PortalId } from "@touchstone/shared/ids.ts";
import type {
  ModelDraftView,
  ModelsView,
  ModelTemplateView,
  ModelVersionDetailView,
  ModelVersionView,
} from "@touchstone/shared/models-api.ts";
import { scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import type { Context } from "../context.ts";
import { listModelVersions, type ModelVersion, readModelVersion } from "../db/portal-models.ts";
import { NotFound } from "../errors.ts";
import { loadTemplate, templateKeys } from "../scoring/load-template.ts";
import { listChanges } from "./list-changes.ts";
import { loadActiveModels } from "./load-active-models.ts";
import { modelForm } from "./model-form.ts";
import { readModelRequest } from "./read-model.ts";

const maxListed = 200;

/** The portal's models: what is active, what was, and the templates to begin from. */
export async function listModels(ctx: Pick<Context, "db">, portalId: PortalId): Promise<ModelsView> {
  const versions = (await listModelVersions(ctx.db, portalId, maxListed)).map(toView);
  return { active: versions.filter((version) => version.active), versions, templates: listTemplates() };
}

/** The document of a version, as it was published, and what going back to it would change. */
export async function getModelVersion(
  ctx: Pick<Context, "db">,
  portalId: PortalId,
  key: string,
  version: number,
): Promise<ModelVersionDetailView> {
  const stored = await readModelVersion(ctx.db, portalId, key, version);
  if (!stored) throw new NotFound(`There is no version ${version} of a model called ${key}.`);
  const model = scoringModelSchema.parse(stored.document);
  const active = await loadActiveModels(ctx.db, portalId);
  const current = active[stored.purpose];
  return {
    model: stored.document,
    ...modelForm(model),
    active: { key: current.key, version: current.version },
    changes: listChanges(current, model),
  };
}

export function getTemplate(key: string): ModelDraftView {
  const model = loadTemplate(key);
  if (!model) throw new NotFound(`There is no template called ${key}: use ${templateKeys.join(", ")}.`);
  return { model, ...modelForm(model) };
}

/** A document that somebody pasted, as a form. Throws with every fault of it. */
export function openModel(body: unknown): ModelDraftView {
  const { model } = readModelRequest(body);
  return { model, ...modelForm(model) };
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
