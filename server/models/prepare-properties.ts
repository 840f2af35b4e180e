import type { PortalId } from "@touchstone/shared/ids.ts";
import { foreignPropertiesOf, inputGroup, inputPropertiesFor } from "@touchstone/shared/model-inputs.ts";
import type { ModelPropertiesView, PropertyView } from "@touchstone/shared/models-api.ts";
import { outputGroup, outputPropertiesFor } from "@touchstone/shared/output-properties.ts";
import type { PropertyDefinition } from "@touchstone/shared/property-definition.ts";
import type { ScoringModel } from "@touchstone/shared/scoring-model.ts";
import type { Context } from "../context.ts";
import { saveMadeProperties } from "../db/made-properties.ts";
import { readTierNames } from "../db/tier-programmes.ts";
import { AppError } from "../errors.ts";
import { loadActiveModels } from "./load-active-models.ts";

type Parts = Pick<Context, "db" | "hubspot" | "log">;

/** HubSpot's fetch waits 15 s for an answer; what takes longer goes on and is not told. */
const waitMs = 8_000;
const none: ModelPropertiesView = { created: [], newOptions: [], toFill: [], missing: [], problems: [] };

/**
 * Gives HubSpot the options and properties that a model just published needs. Without them nothing is lost: whoever writes
 * results makes what is missing first. So a HubSpot that is away or slow is told in the answer and fails nothing.
 */
export async function prepareProperties(
  ctx: Parts,
  portalId: PortalId,
  model: ScoringModel,
): Promise<ModelPropertiesView> {
  const making = makeProperties(ctx, portalId, model).catch((error: unknown): ModelPropertiesView => {
    if (!(error instanceof AppError)) throw error;
    ctx.log.warn({ portalId, model: model.key, reason: error.message }, "properties of a model could not be made yet");
    return { ...none, problems: [notYet] };
  });
  const { promise: tooLong, resolve } = Promise.withResolvers<ModelPropertiesView>();
  const timer = setTimeout(() => resolve({ ...none, problems: [notYet] }), waitMs);
  try {
    return await Promise.race([making, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

const notYet =
  "HubSpot did not answer in time: the choices of its properties are brought up to date when the next results are written. Publish again to make the properties that the model reads.";

async function makeProperties(ctx: Parts, portalId: PortalId, model: ScoringModel): Promise<ModelPropertiesView> {
  const { priority, readiness } = await loadActiveModels(ctx.db, portalId);
  const base = { objectType: "companies", priority: "card" } as const;
  const present = await ctx.hubspot.listProperties(portalId, base);
  const outputs = outputPropertiesFor([priority, readiness], await readTierNames(ctx.db, portalId));
  const made = await ctx.hubspot.ensureProperties(portalId, { ...base, group: outputGroup, properties: outputs });
  await saveMadeProperties(ctx.db, portalId, "companies", outputs, made.failed);
  const inputs = inputPropertiesFor([model]);
  const order = { ...base, group: inputGroup, properties: inputs, wording: "the portal's" } as const;
  const filled = inputs.length === 0 ? null : await ctx.hubspot.ensureProperties(portalId, order);
  const created = [...made.created, ...(filled?.created ?? [])];
  return {
    created: [...outputs, ...inputs].filter(({ name }) => created.includes(name)).map(toView),
    newOptions: [...made.newOptions, ...(filled?.newOptions ?? [])],
    toFill: inputs.filter(({ name }) => filled?.created.includes(name)).map(toView),
    missing: foreignPropertiesOf(model).filter(({ name }) => !present.has(name)),
    problems: [...made.failed, ...(filled?.failed ?? [])].map(({ name, reason }) => `${name} ${reason}`),
  };
}

const toView = ({ name, label }: PropertyDefinition): PropertyView => ({ name, label });
