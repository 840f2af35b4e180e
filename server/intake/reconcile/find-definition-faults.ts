import { normalText } from "@touchstone/shared/normal-text.ts";
import type { ScoringModel } from "@touchstone/shared/scoring-model.ts";
import type { DefinitionFault } from "../../db/definition-faults.ts";

/** What a portal's property looks like, as far as a model can notice. */
export interface PortalProperty {
  readonly options: readonly { readonly value: string }[];
}

interface Reader {
  readonly property: string;
  /** "Industry in Playbook 100" */
  readonly where: string;
  /** Values that mean something to the model. */
  readonly values: readonly string[];
}

/**
 * What of the portal's company properties no longer fits the models that read them: a property that is not there, and an
 * option that was there before. An option that never was there is no fault: models know many spellings.
 */
export function findDefinitionFaults(
  models: readonly ScoringModel[],
  properties: ReadonlyMap<string, PortalProperty>,
  seen: ReadonlyMap<string, readonly string[]>,
): DefinitionFault[] {
  const byProperty = Map.groupBy(models.flatMap(readersOf), (reader) => reader.property);
  return [...byProperty].flatMap(([name, readers]): DefinitionFault[] => {
    const where = [...new Set(readers.map((reader) => reader.where))].join(", ");
    const property = properties.get(name);
    if (!property) {
      const message = `The company property "${name}" is not there (any more). Nothing is known for: ${where}.`;
      return [{ subject: `input:${name}`, message }];
    }
    const now = new Set(property.options.map(({ value }) => normalText(value)));
    const before = new Set((seen.get(name) ?? []).map(normalText));
    const wanted = [...new Set(readers.flatMap((reader) => reader.values))];
    const lost = wanted.filter((value) => before.has(normalText(value)) && !now.has(normalText(value)));
    if (lost.length === 0) return [];
    const message = `The company property "${name}" no longer offers ${quoted(lost)}. Look at: ${where}.`;
    return [{ subject: `option:${name}`, message }];
  });
}

/** Options that were ever seen of the properties that the models read. */
export function rememberOptions(
  models: readonly ScoringModel[],
  properties: ReadonlyMap<string, PortalProperty>,
  seen: ReadonlyMap<string, readonly string[]>,
): Map<string, readonly string[]> {
  const names = new Set(models.flatMap(readersOf).map((reader) => reader.property));
  return new Map(
    [...names].flatMap((name) => {
      const now = properties.get(name)?.options.map(({ value }) => value) ?? [];
      const all = [...new Set([...(seen.get(name) ?? []), ...now])].sort();
      return all.length > 0 ? [[name, all] as const] : [];
    }),
  );
}

function readersOf(model: ScoringModel): Reader[] {
  const parts = [...model.criteria, ...model.gates.flatMap((gate) => gate.conditions)];
  return parts.flatMap((part): Reader[] => {
    if (!("property" in part) || part.property === undefined) return [];
    return [{ property: part.property, where: `${part.label} in ${model.name}`, values: valuesOf(part) }];
  });
}

function valuesOf(part: ScoringModel["criteria"][number] | ScoringModel["gates"][number]["conditions"][number]) {
  if (part.kind === "property-in") return part.values;
  return part.kind === "property-map" ? part.rungs.flatMap((rung) => rung.values) : [];
}

const mostNamed = 5;

function quoted(values: readonly string[]): string {
  const shown = values.slice(0, mostNamed).map((value) => `"${value}"`);
  const more = values.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}
