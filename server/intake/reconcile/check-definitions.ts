import type { PortalId } from "@touchstone/shared/ids.ts";
import { outputGroup, outputPropertiesFor } from "@touchstone/shared/output-properties.ts";
import { scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import type { Context } from "../../context.ts";
import {
  readBarredOutputs,
  readSeenOptions,
  replaceDefinitionFaults,
  replaceSeenOptions,
  toOutputFault,
} from "../../db/definition-faults.ts";
import { forgetWrites } from "../../db/pending-outputs.ts";
import { readActiveModels } from "../../db/portal-models.ts";
import { readTierNames } from "../../db/tier-programmes.ts";
import { findDefinitionFaults, rememberOptions } from "./find-definition-faults.ts";
import type { Finding } from "./finding.ts";

/**
 * Compares a portal's company properties with what we write and what its models read. What is ours and can be put right is
 * put right: a property that was deleted comes back, an option is added again. The rest is told.
 */
export async function checkDefinitions(
  ctx: Pick<Context, "db" | "hubspot" | "log">,
  portalId: PortalId,
): Promise<Finding> {
  const models = (await readActiveModels(ctx.db, portalId)).map(({ document }) => scoringModelSchema.parse(document));
  const priority = "reconcile";
  const ensured = await ctx.hubspot.ensureProperties(portalId, {
    objectType: "companies",
    group: outputGroup,
    properties: outputPropertiesFor(models, await readTierNames(ctx.db, portalId)),
    priority,
  });
  const repaired = [...ensured.created, ...ensured.changed];
  if (repaired.length > 0) ctx.log.warn({ portalId, repaired }, "properties of ours were changed and were put right");
  const properties = await ctx.hubspot.listProperties(portalId, { objectType: "companies", priority });
  const seen = await readSeenOptions(ctx.db, portalId);
  const faults = [...ensured.failed.map(toOutputFault), ...findDefinitionFaults(models, properties, seen)];
  const bad = new Set(ensured.failed.map(({ name }) => name));
  const fits = [...(await readBarredOutputs(ctx.db, portalId))].some((name) => !bad.has(name));
  return {
    type: "companies",
    suspects: [],
    checked: 0,
    next: null,
    drift: { definitions: repaired.length + (fits ? 1 : 0) },
    save: async (trx) => {
      await replaceDefinitionFaults(trx, portalId, faults);
      await replaceSeenOptions(trx, portalId, rememberOptions(models, properties, seen));
      // A property that was made again is empty, whatever we remember; one that fits again was left out.
      if (ensured.created.length > 0 || fits) await forgetWrites(trx, portalId);
    },
  };
}
