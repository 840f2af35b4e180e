import type { z } from "zod";
import type { requiredErrors } from "./answers.ts";

/** What a refusal says that a record lacks (hubspot-api.md §6.7). */
export interface Requirement {
  readonly property: string;
  /** Names of the properties whose values decide whether it is required; none: it always is, or HubSpot does not say. */
  readonly dependsOn: readonly string[];
  /** True: whoever lacks it is refused, whatever else it holds. */
  readonly always: boolean;
}

/** An admin's rule of a portal, as far as it was met: a record that lacks the property and holds these values is refused. */
export interface WriteRule {
  readonly property: string;
  readonly dependsOn: readonly string[];
  /** Of `dependsOn`, in the same order. */
  readonly values: readonly string[];
}

type Values = Readonly<Record<string, string | null>>;

const always = "MISSING_REQUIRED_PROPERTY";
const conditional = "MISSING_CONDITIONAL_REQUIRED_PROPERTY";
const name = /^\w{1,100}$/;
/** "… is required because of a conditional property rule based on [country]": developers.hubspot.com/changelog/crm-api-write-validation-enforcement. */
const basis = /based on \[([\w, ]{1,300})\]/;
const most = 5;

export function toRequirements(errors: z.infer<typeof requiredErrors>["errors"]): readonly Requirement[] {
  const named = errors
    .filter(({ code }) => code === always || code === conditional)
    .flatMap(({ code, message, context }) => {
      const dependsOn = (basis.exec(message)?.[1] ?? "").split(",").map((one) => one.trim());
      return context.propertyName
        .filter((property) => name.test(property))
        .map((property) => ({
          property,
          dependsOn: dependsOn.filter(Boolean).slice(0, most),
          always: code === always,
        }));
    });
  return [...new Map(named.map((one) => [JSON.stringify(one), one])).values()].slice(0, most);
}

/** The rule that a record with these values breaks if the requirement holds for it; null where it has the property. */
export function ruleOf({ property, dependsOn }: Requirement | WriteRule, values: Values): WriteRule | null {
  if ((values[property] ?? "").trim() !== "") return null;
  return { property, dependsOn, values: dependsOn.map((one) => values[one] ?? "") };
}

export const keyOfRule = ({ property, dependsOn, values }: WriteRule): string =>
  JSON.stringify([property, dependsOn, values]);

export const propertiesOf = (rules: readonly (Requirement | WriteRule)[]): string[] => [
  ...new Set(rules.flatMap(({ property, dependsOn }) => [property, ...dependsOn])),
];
