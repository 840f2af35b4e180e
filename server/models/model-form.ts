import type { ModelDraftView, ModelFieldGroupView, ModelFieldView } from "@touchstone/shared/models-api.ts";
import type { ScoringModel } from "@touchstone/shared/scoring-model.ts";

/** As the fields of the form are called, by their key in the document. Of what no form holds: a word for it. */
const partLabels: Readonly<Record<string, string>> = {
  signals: "kinds of signal",
  values: "values",
  ranges: "ranges",
  property: "property",
  gate: "gate",
  conditions: "conditions",
  rungs: "steps",
  keyRoles: "key roles",
  axis: "axis",
  key: "key",
};

/** Numbers of a criterion that mean the same wherever they stand; texts, lists of values and kinds of signal are for the file. */
const numbers = {
  max: { label: "most points", min: 0, max: 1000, decimals: 3 },
  points: { label: "points", min: 0, max: 1000, decimals: 3 },
  pointsEach: { label: "points for each", min: 0, max: 1000, decimals: 3 },
  cap: { label: "most that count", min: 1, max: 100, decimals: 0 },
  windowDays: { label: "window in days", min: 1, max: 730, decimals: 0 },
  days: { label: "half-life in days", min: 0.5, max: 365, decimals: 2 },
  stepDays: { label: "step of the half-life in days", min: 0.25, max: 90, decimals: 2 },
  people: { label: "people at least", min: 1, max: 100, decimals: 0 },
  atLeast: { label: "at least", min: 1, max: 1_000_000, decimals: 2 },
  from: { label: "from points", min: 0, max: 1000, decimals: 3 },
} as const;

/** Of a criterion "from" is the end of a range: only the file shows what it belongs to. */
const ofCriteria: readonly string[] = Object.keys(numbers).filter((key) => key !== "from");

/** Bounds the answer: 600 fields are some 90 KB. */
const mostFields = 600;

/** The numbers of a model as fields with the paths of its document, so that a screen needs to know no criterion. */
export function modelForm(model: ScoringModel): Omit<ModelDraftView, "model"> {
  const axisOf = new Map(model.axes.map(({ key, label }) => [key, label]));
  const groups: ModelFieldGroupView[] = [
    { label: "Axes", detail: model.source, fields: fieldsIn(model.axes, "axes", "", ["max"]) },
    ...model.criteria.map((criterion, index) => ({
      label: criterion.label,
      detail: `${axisOf.get(criterion.axis) ?? criterion.axis} · ${criterion.source}`,
      fields: fieldsIn({ ...criterion, label: "" }, `criteria[${index}]`, "", ofCriteria),
    })),
    { label: "Bands", detail: "Where each begins", fields: fieldsIn(model.bands, "bands", "", ["from"]) },
    { label: "Actions", detail: "From how many points on", fields: fieldsIn(model.actions, "actions", "", ["from"]) },
  ];
  const filled = groups.filter(({ fields }) => fields.length > 0);
  const kept = filled.filter((_, index) => countUpTo(filled, index) <= mostFields);
  const left = filled.length - kept.length;
  const formNote = left > 0 ? `${left} parts of this model are more than a form can hold: use the file.` : null;
  return { form: kept, formNote };
}

const countUpTo = (groups: readonly ModelFieldGroupView[], index: number): number =>
  groups.slice(0, index + 1).reduce((sum, { fields }) => sum + fields.length, 0);

function fieldsIn(part: unknown, path: string, name: string, keys: readonly string[]): ModelFieldView[] {
  if (Array.isArray(part)) return part.flatMap((one, index) => fieldsIn(one, `${path}[${index}]`, name, keys));
  if (!isRecord(part)) return [];
  const own = nameOf(part, name);
  return Object.entries(part).flatMap(([key, value]) => {
    const at = `${path}.${key}`;
    if (typeof value === "number") return keys.includes(key) && isKnown(key) ? [toField(at, own, key, value)] : [];
    return key === "points" && isRecord(value) ? pointsByName(value, at) : fieldsIn(value, at, own, keys);
  });
}

/** What a field of the form, or a part that only the file has, is called. */
export const labelOfKey = (key: string): string | null =>
  isKnown(key) ? numbers[key].label : (partLabels[key] ?? null);

/** Two conditions of one rung differ by what they measure. */
function nameOf({ label, measure }: Readonly<Record<string, unknown>>, name: string): string {
  if (typeof measure === "string") return `${name}, ${measure}`;
  return typeof label === "string" && label !== "" ? label : name;
}

/** Points under names of their own, as those of seniorities. */
const pointsByName = (points: Readonly<Record<string, unknown>>, path: string): ModelFieldView[] =>
  Object.entries(points).flatMap(([name, value]) =>
    typeof value === "number" ? [toField(`${path}.${name}`, name.replaceAll("_", " "), "points", value)] : [],
  );

function toField(path: string, name: string, key: keyof typeof numbers, value: number): ModelFieldView {
  const { label, ...bounds } = numbers[key];
  const text = name === "" ? label : `${name}: ${label}`;
  return { path, label: text.charAt(0).toUpperCase() + text.slice(1), value, ...bounds };
}

const isKnown = (key: string): key is keyof typeof numbers => Object.hasOwn(numbers, key);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
