import type { PortalId } from "@touchstone/shared/ids.ts";
import { inputGroup, inputPropertiesFor } from "@touchstone/shared/model-inputs.ts";
import { outputGroup, outputPropertiesFor } from "@touchstone/shared/output-properties.ts";
import { contactSchemaScope, personProperties } from "@touchstone/shared/person-properties.ts";
import { scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import type { Context } from "../context.ts";
import { saveMadeProperties } from "../db/made-properties.ts";
import { readActiveModels } from "../db/portal-models.ts";
import { findPortal, setPortalStatus } from "../db/portals.ts";
import { readTierNames } from "../db/tier-programmes.ts";
import { describeAccount } from "./describe-account.ts";

type Parts = Pick<Context, "db" | "hubspot" | "queue" | "log">;

/**
 * Job: makes sure that the portal has our properties, learns its time zone, then starts the backfill. Doing it again
 * changes nothing, so a job that was cut off is simply done again.
 */
export async function preparePortal(ctx: Parts, portalId: PortalId): Promise<void> {
  const portal = await findPortal(ctx.db, portalId);
  if (portal?.status !== "preparing") return;
  await describeAccount(ctx, portalId);
  await makeProperties(ctx, portalId);
  if (portal.scopes.includes(contactSchemaScope)) await makePersonProperties(ctx, portalId);
  await setPortalStatus(ctx.db, portalId, "backfilling");
  await ctx.queue.wake("backfill-portal", portalId);
}

/** What we write, with the bands of the portal's models as options, and what its models ask people to fill. */
async function makeProperties(ctx: Parts, portalId: PortalId): Promise<void> {
  const models = (await readActiveModels(ctx.db, portalId)).map(({ document }) => scoringModelSchema.parse(document));
  const base = { objectType: "companies", priority: "webhook" } as const;
  const tiers = await readTierNames(ctx.db, portalId);
  const outputs = { ...base, group: outputGroup, properties: outputPropertiesFor(models, tiers) };
  const inputs = {
    ...base,
    group: inputGroup,
    properties: inputPropertiesFor(models),
    wording: "the portal's",
  } as const;
  for (const order of [outputs, inputs]) {
    const { created, changed, failed } = await ctx.hubspot.ensureProperties(portalId, order);
    for (const { name, reason } of failed)
      ctx.log.error({ portalId, property: name, reason }, "a property could not be prepared");
    ctx.log.info({ portalId, group: order.group.name, created, changed }, "properties prepared");
    if (order === outputs) await saveMadeProperties(ctx.db, portalId, "companies", outputs.properties, failed);
  }
}

async function makePersonProperties(ctx: Parts, portalId: PortalId): Promise<void> {
  const order = {
    objectType: "contacts",
    group: outputGroup,
    properties: personProperties,
    priority: "webhook",
  } as const;
  const { created, changed, failed } = await ctx.hubspot.ensureProperties(portalId, order);
  ctx.log.info({ portalId, type: "contacts", created, changed, failed }, "properties prepared");
  await saveMadeProperties(ctx.db, portalId, "contacts", personProperties, failed);
}
