import type { ScoringModel } from "@touchstone/shared/model-shape.ts";
import { sayChange, sayListChange, sayPresence } from "./say-model-change.ts";

type Fields = Readonly<Record<string, unknown>>;
interface Part extends Fields {
  readonly key: string;
}

/** What the members of a list are called. Lists that are not named here hold no keys and are compared as a whole. */
const nouns: Readonly<Record<string, string>> = {
  axes: "axis",
  criteria: "criterion",
  gates: "gate",
  bands: "band",
  actions: "action",
  rungs: "rung",
};

/** What a document says about itself: said last, after what it does. */
const titles: ReadonlySet<string> = new Set(["key", "description", "source"]);

/**
 * What differs between two versions of a model, a sentence each: `Rung "ideal" of criterion "Company size" gives 8 points
 * instead of 5.` None when they are the same but for the version; parts are matched by key, so that a moved one is not
 * taken for a new one.
 */
export function describeModelChanges(before: ScoringModel, after: ScoringModel): string[] {
  return compareFields("The model", { ...before, version: 0 }, { ...after, version: 0 });
}

function compareFields(subject: string, before: Fields, after: Fields): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const fields = [...names.filter((name) => !titles.has(name)), ...names.filter((name) => titles.has(name))];
  return fields.flatMap((field) => compareField(subject, field, before[field], after[field]));
}

function compareField(subject: string, field: string, before: unknown, after: unknown): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const noun = nouns[field];
  if (noun !== undefined && areParts(before) && areParts(after)) return compareParts(subject, noun, before, after);
  if (Array.isArray(before) && Array.isArray(after)) return sayListChange(subject, field, before, after);
  if (isFields(before) && isFields(after)) return compareFields(nameField(subject, field), before, after);
  return [sayChange(subject, field, before, after)];
}

function compareParts(owner: string, noun: string, before: readonly Part[], after: readonly Part[]): string[] {
  const old = new Map(before.map((part) => [part.key, part]));
  const kept = after.filter((part) => old.has(part.key));
  const present = new Set(after.map((part) => part.key));
  const order = (parts: readonly Part[]) => parts.map((part) => part.key).join(" ");
  const moved = order(before.filter((part) => present.has(part.key))) !== order(kept);
  return [
    ...before.flatMap((part) => (present.has(part.key) ? [] : [sayPresence(nameOf(owner, noun, part), part, false)])),
    ...after.flatMap((part) => {
      const earlier = old.get(part.key);
      if (earlier === undefined) return [sayPresence(nameOf(owner, noun, part), part, true)];
      return compareFields(nameOf(owner, noun, earlier), earlier, part);
    }),
    ...(moved ? [`${owner} has another order of its parts (${noun}): ${after.map(labelOf).join(", ")}.`] : []),
  ];
}

/** `Rung "ideal" of criterion "Company size"` */
function nameOf(owner: string, noun: string, part: Part): string {
  const name = `${noun.charAt(0).toUpperCase()}${noun.slice(1)} "${labelOf(part)}"`;
  return owner === "The model" ? name : `${name} of ${owner.charAt(0).toLowerCase()}${owner.slice(1)}`;
}

const labelOf = (part: Part): string => (typeof part.label === "string" ? part.label : part.key);

const nameField = (subject: string, field: string): string =>
  subject === "The model" ? `The model's ${field}` : `${subject}, ${field}:`;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const areParts = (value: unknown): value is Part[] =>
  Array.isArray(value) && value.every((one) => isFields(one) && typeof one.key === "string");
