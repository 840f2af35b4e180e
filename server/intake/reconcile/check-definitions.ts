import type { PortalId } from "@touchstone/shared/ids.ts";
import { outputGroup, outputPropertiesFor } from "@touchstone/shared/output-properties.ts";
import { contactSchemaScope, personProperties } from "@touchstone/shared/person-properties.ts";
import type { PropertyDefinition } from "@touchstone/shared/property-definition.ts";
import { scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import type { Context } from "../../context.ts";
import {
  readBarredOutputs,
  readSeenOptions,
  replaceDefinitionFaults,
  replaceSeenOptions,
  toOutputFault,
} from "../../db/definition-faults.ts";
import type { OutputType } from "../../db/output-tables.ts";
import { forgetWrites } from "../../db/pending-outputs.ts";
import { readActiveModels } from "../../db/portal-models.ts";
import { findPortal } from "../../db/portals.ts";
import { readTierNames } from "../../db/tier-programmes.ts";
import { findDefinitionFaults, rememberOptions } from "./find-definition-faults.ts";
import type { Finding } from "./finding.ts";

/**
 * Compares a portal's properties with what we write and what its models read. What is ours and can be put right is
 * put right: a property that was deleted comes back, an option is added again. The rest is told.
 */
export async function checkDefinitions(
  ctx: Pick<Context, "db" | "hubspot" | "log">,
  portalId: PortalId,
): Promise<Finding> {
  const models = (await readActiveModels(ctx.db, portalId)).map(({ document }) => scoringModelSchema.parse(document));
  const portal = await findPortal(ctx.db, portalId);
  const barred = await readBarredOutputs(ctx.db, portalId);
  const outputs = outputPropertiesFor(models, await readTierNames(ctx.db, portalId));
  const checks = [await checkOutputs(ctx, portalId, "companies", outputs, barred)];
  if (portal?.scopes.includes(contactSchemaScope))
    checks.push(await checkOutputs(ctx, portalId, "contacts", personProperties, barred));
  const properties = await ctx.hubspot.listProperties(portalId, { objectType: "companies", priority: "reconcile" });
  const seen = await readSeenOptions(ctx.db, portalId);
  const faults = [
    ...checks.flatMap(({ failed }) => failed.map(toOutputFault)),
    ...findDefinitionFaults(models, properties, seen),
  ];
  return {
    type: "companies",
    suspects: [],
    checked: 0,
    next: null,
    drift: { definitions: checks.reduce((sum, { repaired, fits }) => sum + repaired + (fits ? 1 : 0), 0) },
    save: async (trx) => {
      await replaceDefinitionFaults(trx, portalId, faults);
      await replaceSeenOptions(trx, portalId, rememberOptions(models, properties, seen));
      // A property that was made again is empty, whatever we remember; one that fits again was left out.
      for (const { type, isEmpty, fits } of checks) if (isEmpty || fits) await forgetWrites(trx, portalId, type);
    },
  };
}

async function checkOutputs(
  ctx: Pick<Context, "hubspot" | "log">,
  portalId: PortalId,
  type: OutputType,
  properties: readonly PropertyDefinition[],
  barred: ReadonlySet<string>,
) {
  const order = { objectType: type, group: outputGroup, properties, priority: "reconcile" } as const;
  const { created, changed, failed } = await ctx.hubspot.ensureProperties(portalId, order);
  const repaired = [...created, ...changed];
  if (repaired.length > 0)
    ctx.log.warn({ portalId, type, repaired }, "properties of ours were changed and were put right");
  const bad = new Set(failed.map(({ name }) => name));
  const fits = properties.some(({ name }) => barred.has(name) && !bad.has(name));
  return { type, failed, repaired: repaired.length, isEmpty: created.length > 0, fits };
}
