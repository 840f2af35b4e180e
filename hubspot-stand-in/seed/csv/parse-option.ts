import type { PropertyDefinition } from "../../standard-properties/define-properties.ts";
import type { ParsedText } from "./parse-number.ts";
import { textKey } from "./text-key.ts";

const keysOf = new WeakMap<PropertyDefinition, Map<string, string>>();

/** Options by label and by value, in all spellings. */
function optionKeys(definition: PropertyDefinition): Map<string, string> {
  const known = keysOf.get(definition);
  if (known) return known;
  const keys = new Map(
    definition.options.flatMap(({ label, value }) => [
      [textKey(label), value],
      [textKey(value), value],
    ]),
  );
  keysOf.set(definition, keys);
  return keys;
}

/** Exports write a stage with its pipeline: "Closed Won (Sales Pipeline)". */
const withoutPipeline = (text: string) => text.replace(/\s*\([^()]*\)$/, "");

/** One option, or several of a checkbox property. An unknown one is left out and reported. */
export function parseOption(definition: PropertyDefinition, text: string): ParsedText {
  const keys = optionKeys(definition);
  const find = (part: string) => keys.get(textKey(part)) ?? keys.get(textKey(withoutPipeline(part))) ?? null;
  const parts =
    definition.fieldType === "checkbox"
      ? text
          .split(";")
          .map((part) => part.trim())
          .filter(Boolean)
      : [text];
  const found = [...new Set(parts.flatMap((part) => find(part) ?? []))];
  const unknown = parts.filter((part) => find(part) === null);
  const value = found.length > 0 ? found.join(";") : null;
  if (unknown.length === 0) return { value };
  return { value, problem: "not one of the property's options: left out", note: unknown.join(", ") };
}
