import type { ModelCondition } from "@touchstone/shared/model-shape.ts";
import type {
  HubspotCalculation,
  HubspotComposite,
  HubspotCondition,
  HubspotOperation,
} from "./hubspot-score-shape.ts";

/** What a rule becomes: fields of a criterion, and a gate where it needs one; or why it cannot be expressed. */
export type Imported =
  | {
      readonly criterion: Readonly<Record<string, unknown>>;
      readonly gate?: ImportedGate;
      readonly notes: readonly string[];
    }
  | { readonly lost: string };

export interface ImportedGate {
  readonly conditions: readonly ModelCondition[];
}

type Match = Extract<HubspotCalculation, { type: "MATCH" }>;
/** HubSpot's ranges hold their upper end and ours do not; money has two decimals, so nothing lies between. */
const leastStep = 0.01;

const isTexts = ({ operation }: Match["matchRules"][number]) => textsOf(operation) !== null;
const isNumbers = ({ operation }: Match["matchRules"][number]) => rangeOf(operation) !== null;

/** Points by what one property holds: a map of texts, a ladder of numbers, or any value at all. None gives more than the rule's `limit`. */
export function importMatch(
  { property, matchRules: given, defaultValue: givenDefault = 0 }: Match,
  limit: number = Number.POSITIVE_INFINITY,
): Imported {
  if ([givenDefault, ...given.map(({ value }) => value)].some((points) => points < 0)) {
    return { lost: "takes points away: a model here only gives points" };
  }
  const defaultValue = Math.min(givenDefault, limit);
  const matchRules = given.map(({ operation, value }) => ({ operation, value: Math.min(value, limit) }));
  const ofEmpty = matchRules.find(({ operation }) => operation.includeObjectsWithNoValueSet)?.value ?? defaultValue;
  // Here what is empty is unknown, whichever the criterion.
  const notes = ofEmpty > 0 ? [`an empty ${property} gives ${ofEmpty} points in HubSpot and none here`] : [];
  const otherwise = { label: "any other value", points: defaultValue };
  if (matchRules.length > 0 && matchRules.every(isTexts)) {
    const rungs = matchRules.map(({ operation, value }, index) => ({
      ...rung(index, value, (textsOf(operation) ?? []).join(", ")),
      values: textsOf(operation),
    }));
    return { criterion: { kind: "property-map", property, rungs, otherwise }, notes };
  }
  if (matchRules.length > 0 && matchRules.every(isNumbers)) {
    const rungs = matchRules.map(({ operation, value }, index) => ({
      ...rung(index, value, sayRange(rangeOf(operation) ?? {})),
      ranges: [rangeOf(operation)],
    }));
    return { criterion: { kind: "property-ranges", property, rungs, otherwise }, notes };
  }
  const [only] = matchRules;
  if (matchRules.length === 1 && only?.operation.operator === "IS_KNOWN" && defaultValue === 0) {
    return { criterion: { kind: "property-filled", property, points: only.value }, notes };
  }
  const said = [...new Set(matchRules.map(({ operation }) => `${operation.operationType} ${operation.operator}`))];
  return { lost: `compares ${property} in a way that has no counterpart: ${said.join(", ")}` };
}

/** Points when all conditions hold: one condition is a match, several are a gate that is worth points, the rule's `limit` at most. */
export function importConditional(
  { value, whereCondition }: Extract<HubspotCalculation, { type: "CONDITIONAL" }>,
  limit: number = Number.POSITIVE_INFINITY,
): Imported {
  if (value < 0) return { lost: "takes points away: a model here only gives points" };
  const conditions = flatten(whereCondition);
  const [first] = conditions;
  if (first !== undefined && conditions.length === 1) {
    const matchRules = [{ operation: first.operation, value }];
    return importMatch({ type: "MATCH", property: first.property, matchRules }, limit);
  }
  const questions = conditions.map(toQuestion);
  const lost = conditions.find((_, index) => questions[index] === null);
  if (lost !== undefined || questions.length === 0) {
    return { lost: `asks ${lost?.property ?? "nothing"} in a way that has no counterpart` };
  }
  const gate = { conditions: questions.flatMap((question) => question ?? []) };
  const notes = conditions.flatMap(({ property, operation }) =>
    operation.includeObjectsWithNoValueSet
      ? [`an empty ${property} meets the condition in HubSpot; here it is unknown and gives no points`]
      : [],
  );
  return { criterion: { kind: "gate-passed", points: Math.min(value, limit) }, gate, notes };
}

const flatten = (composite: HubspotComposite): HubspotCondition[] =>
  composite.conditions.flatMap((one) => (one.type === "SINGLE" ? [one] : flatten(one)));

function toQuestion({ property, operation }: HubspotCondition): ModelCondition | null {
  const values = textsOf(operation);
  if (values !== null)
    return { kind: "property-in", label: `${property} is ${cut(values.join(" or "))}`, property, values };
  const range = rangeOf(operation);
  return range === null
    ? null
    : { kind: "property-between", label: `${property} is ${sayRange(range)}`, property, ...range };
}

const rung = (index: number, points: number, label: string) => ({
  key: `rung_${index + 1}`,
  label: cut(label),
  points,
});
const cut = (text: string): string => (text.length > 120 ? `${text.slice(0, 119)}…` : text);

/** The texts of which a property must hold one; null when the operation asks for something else. */
function textsOf({ operationType, operator, value, values }: HubspotOperation): string[] | null {
  const positive = operator === "IS_ANY_OF" || operator === "IS_EQUAL_TO" || operator === "IS_EXACTLY";
  if (!positive || !["ENUMERATION", "BOOL", "STRING", "MULTISTRING"].includes(operationType)) return null;
  const texts = (values ?? (value === undefined ? [] : [String(value)])).filter((text) => text.trim() !== "");
  return texts.length === 0 ? null : texts;
}

function rangeOf(operation: HubspotOperation): { from?: number; to?: number } | null {
  const { operationType, operator, value, lowerBound, upperBound } = operation;
  if (operationType === "NUMBER_RANGED" && operator === "IS_BETWEEN") {
    return lowerBound === undefined || upperBound === undefined ? null : { from: lowerBound, to: above(upperBound) };
  }
  if (operationType !== "NUMBER" || typeof value !== "number") return null;
  switch (operator) {
    case "IS_EQUAL_TO":
      return { from: value, to: above(value) };
    case "IS_GREATER_THAN":
      return { from: above(value) };
    case "IS_GREATER_THAN_OR_EQUAL_TO":
      return { from: value };
    case "IS_LESS_THAN":
      return { to: value };
    case "IS_LESS_THAN_OR_EQUAL_TO":
      return { to: above(value) };
    default:
      return null;
  }
}

const above = (end: number): number => Math.round((end + leastStep) * 100) / 100;

function sayRange({ from, to }: { from?: number; to?: number }): string {
  if (from === undefined) return `under ${to ?? "any"}`;
  return to === undefined ? `${from} and more` : `${from} to under ${to}`;
}
