import { describeIssues } from "@touchstone/shared/describe-issues.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { inputGroup } from "@touchstone/shared/model-inputs.ts";
import type { PropertyDefinition } from "@touchstone/shared/property-definition.ts";
import { storableText } from "@touchstone/shared/storable-text.ts";
import { type TierProgramme, tierProgrammeSchema, tierPropertiesOf } from "@touchstone/shared/tier-shape.ts";
import type { PublishedTiersView } from "@touchstone/shared/tiers-api.ts";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { restartBackfill } from "../../db/backfills.ts";
import { listLackingProperties } from "../../db/stored-snapshots.ts";
import { activateProgramme } from "../../db/tier-programmes.ts";
import { lockTiers, wantTiersNow } from "../../db/tier-runs.ts";
import { AppError, BadRequest, Conflict, FaultyModel } from "../../errors.ts";
import { findMisfits } from "./find-misfits.ts";
import { loadProgramme } from "./load-programme.ts";
import { loadTierTemplate, tierTemplateKeys } from "./load-tier-template.ts";

type Parts = Pick<Context, "db" | "hubspot" | "queue" | "log">;

const bodySchema = z.strictObject({
  template: z.string().max(64).optional(),
  programme: z.record(z.string(), z.unknown()).optional(),
  note: storableText(500).optional(),
  version: z.number().int().min(0).max(1_000_000_000).optional(),
});

/**
 * Other tiers for a portal, as the next version; places are given anew at once. The same tiers again change nothing,
 * whatever the version: HubSpot sends a request again whose answer it missed.
 */
export async function publishTiers(
  ctx: Parts,
  portalId: PortalId,
  userId: string,
  body: unknown,
): Promise<PublishedTiersView> {
  const { programme, note, readVersion } = readRequest(body);
  const done = await ctx.db.transaction().execute(async (trx) => {
    await lockTiers(trx, portalId);
    const current = await loadProgramme(trx, portalId);
    const same = tierProgrammeSchema.safeParse(current.programme);
    if (same.success && JSON.stringify(same.data) === JSON.stringify(programme))
      return { version: current.version, unchanged: true, readingNow: [] };
    if (readVersion !== null && readVersion !== current.version)
      throw new Conflict(
        `The tiers were changed meanwhile: version ${current.version} holds now. Read them again; nothing was changed.`,
      );
    const before = new Set(tierPropertiesOf(current.programme));
    const wanted = tierPropertiesOf(programme).filter((name) => !before.has(name));
    const readingNow = await listLackingProperties(trx, portalId, wanted);
    const version = await activateProgramme(trx, portalId, programme, { by: userId, note });
    if (readingNow.length > 0) await restartBackfill(trx, portalId, "companies");
    await wantTiersNow(trx, portalId);
    return { version, unchanged: false, readingNow };
  });
  const toFill = await makeInputs(ctx, portalId, programme);
  const warnings = await findMisfits(ctx.db, portalId, programme);
  if (!done.unchanged) {
    ctx.log.info({ portalId, version: done.version, userId }, "tiers were published");
    if (done.readingNow.length > 0) await ctx.queue.wake("backfill-portal", portalId);
    await ctx.queue.wake("assign-tiers", portalId);
  }
  return { ...done, toFill: toFill.made, warnings: [...warnings, ...toFill.problems] };
}

interface Publication {
  readonly programme: TierProgramme;
  readonly note: string | null;
  /** What the sender had before them; null: they did not say. */
  readonly readVersion: number | null;
}

function readRequest(body: unknown): Publication {
  const request = bodySchema.safeParse(body);
  const { template, programme, note = null, version: readVersion = null } = request.data ?? {};
  if (!request.success || (template === undefined) === (programme === undefined))
    throw new BadRequest('Send {"template": "…"} or {"programme": { … }}. Nothing was changed.');
  if (template !== undefined) {
    const known = loadTierTemplate(template);
    if (!known)
      throw new BadRequest(`There are no tiers ${template}: use ${tierTemplateKeys.join(", ")}. Nothing was changed.`);
    return { programme: known, note, readVersion };
  }
  if (JSON.stringify(programme).includes("\\u0000"))
    throw new BadRequest("The tiers hold a NUL character: remove it. Nothing was changed.");
  const parsed = tierProgrammeSchema.safeParse(programme, { reportInput: true });
  if (parsed.success) return { programme: parsed.data, note, readVersion };
  const faults = describeIssues(parsed.error).slice(0, 200);
  throw new FaultyModel(
    faults.map((text) => ({
      path: text.slice(0, text.indexOf(": ")),
      message: text.slice(text.indexOf(": ") + 2, 500),
    })),
    "These tiers cannot be used. Nothing was changed: repair what is listed and send them again.",
  );
}

/** Properties of ours that the tiers read and nobody else makes: amounts that people fill. */
async function makeInputs(ctx: Parts, portalId: PortalId, programme: TierProgramme) {
  const properties = inputsOf(programme);
  if (properties.length === 0) return { made: [], problems: [] };
  const order = { objectType: "companies", group: inputGroup, properties, wording: "the portal's" } as const;
  try {
    const { created } = await ctx.hubspot.ensureProperties(portalId, { ...order, priority: "card" });
    const made = properties.filter(({ name }) => created.includes(name)).map(({ name, label }) => ({ name, label }));
    return { made, problems: [] };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    ctx.log.warn({ portalId, reason: error.message }, "properties of the tiers could not be made");
    return { made: [], problems: ["HubSpot did not let us make the properties that the tiers read: publish again."] };
  }
}

function inputsOf({ rankBy, tiers }: TierProgramme): PropertyDefinition[] {
  const readers = [rankBy, ...tiers.flatMap(({ entry }) => entry.conditions)].filter((one) => "property" in one);
  const own = readers.filter(({ property }) => property.startsWith("touchstone_"));
  const definitions = own.map((reader): PropertyDefinition => {
    const base = { name: reader.property, label: reader.label.slice(0, 100) };
    const description = "Read by the tiers of the programme; empty counts as unknown.";
    if (reader.kind !== "property-in") return { ...base, description, type: "number", fieldType: "number" };
    const options = reader.values.map((value) => ({ value, label: value }));
    return { ...base, description, type: "enumeration", fieldType: "select", options };
  });
  return [...new Map(definitions.map((definition) => [definition.name, definition])).values()];
}
