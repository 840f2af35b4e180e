import type { PortalId } from "@touchstone/shared/ids.ts";
import type { ScoringModel } from "@touchstone/shared/scoring-model.ts";
import type { ReadPropertyView, SettingsPropertiesView } from "@touchstone/shared/settings-api.ts";
import { tierProgrammeSchema } from "@touchstone/shared/tier-shape.ts";
import type { Context } from "../context.ts";
import { readDefinitionFaults } from "../db/definition-faults.ts";
import { readReconcile } from "../db/reconciles.ts";
import { listMirroredProperties } from "../db/stored-snapshots.ts";
import { readStoredProgramme } from "../db/tier-programmes.ts";
import { loadActiveModels } from "./load-active-models.ts";

/** Bounds the answer; a model has at most 100 criteria and 20 gates. */
const most = 300;

/** Company properties that the active models and the tiers read, with what is wrong in this portal and what to do. */
export async function listReadProperties(
  ctx: Pick<Context, "db">,
  portalId: PortalId,
): Promise<SettingsPropertiesView> {
  const [{ priority, readiness }, programme, faults, mirrored, run] = await Promise.all([
    loadActiveModels(ctx.db, portalId),
    readStoredProgramme(ctx.db, portalId),
    readDefinitionFaults(ctx.db, portalId),
    listMirroredProperties(ctx.db, portalId),
    readReconcile(ctx.db, portalId, "full"),
  ]);
  const readers = [...readersOf(priority), ...readersOf(readiness), ...tierReadersOf(programme?.document)];
  const byName = Map.groupBy(readers, ({ property }) => property);
  const found = new Map(faults.map(({ subject, message }) => [subject, message]));
  const properties = [...byName].map(([name, by]): ReadPropertyView => {
    const readBy = [...new Set(by.map(({ where }) => where))].slice(0, 10);
    return { name, readBy, ...judge(name, found, mirrored) };
  });
  const order: readonly ReadPropertyView["state"][] = ["missing", "look", "unread", "found"];
  properties.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (a.name < b.name ? -1 : 1));
  return { properties: properties.slice(0, most), comparedAt: run?.finishedAt ?? null };
}

function judge(
  name: string,
  faults: ReadonlyMap<string, string>,
  mirrored: ReadonlySet<string>,
): Pick<ReadPropertyView, "state" | "text"> {
  const missing = faults.get(`input:${name}`);
  if (missing !== undefined) {
    const remedy = name.startsWith("touchstone_")
      ? "Publish the model again and Touchstone makes it anew."
      : "Make it again in HubSpot's settings under this internal name, or name the new one in the model's file and publish.";
    return { state: "missing", text: `${missing} ${remedy}` };
  }
  const option = faults.get(`option:${name}`);
  if (option !== undefined) {
    const remedy = "Name the new choice in the model's file, or give the choice its old internal value again.";
    return { state: "look", text: `${option} ${remedy}` };
  }
  if (!mirrored.has(name)) {
    return { state: "unread", text: "Not read from HubSpot yet, or empty everywhere: accounts count as unknown here." };
  }
  return { state: "found", text: "Found and read." };
}

interface Reader {
  readonly property: string;
  readonly where: string;
}

const readersOf = ({ name, criteria, gates }: ScoringModel): Reader[] =>
  [...criteria, ...gates.flatMap((gate) => gate.conditions)].flatMap((part) =>
    "property" in part && part.property !== undefined
      ? [{ property: part.property, where: `${part.label} in ${name}` }]
      : [],
  );

function tierReadersOf(document: unknown): Reader[] {
  const parsed = tierProgrammeSchema.safeParse(document);
  if (!parsed.success) return [];
  const { rankBy, tiers } = parsed.data;
  const conditions = tiers.flatMap(({ name, entry }) => entry.conditions.map((one) => ({ ...one, tier: name })));
  return [
    ...(rankBy.kind === "property" ? [{ property: rankBy.property, where: "the order of the tiers" }] : []),
    ...conditions.flatMap((one) =>
      "property" in one ? [{ property: one.property, where: `entry to ${one.tier}` }] : [],
    ),
  ];
}
