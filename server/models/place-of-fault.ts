import { labelOfKey } from "./model-form.ts";

/**
 * A path of a document as its form names the place: "axes[0].max" is "Fit: most points". Empty where nothing on the way has a
 * label: then the path alone must do. The document may be anything: it is what was refused.
 */
export function placeOfFault(document: unknown, path: string): { place?: string } {
  const parts = path.match(/[^.[\]]+/g) ?? [];
  const labels: string[] = [];
  let at = document;
  for (const part of parts) {
    at = typeof at === "object" && at !== null ? Reflect.get(at, part) : undefined;
    const label = typeof at === "object" && at !== null ? Reflect.get(at, "label") : undefined;
    if (typeof label === "string" && label.trim() !== "") labels.push(label.trim().slice(0, 100));
  }
  if (labels.length === 0) return {};
  const field = labelOfField(parts);
  return { place: field === null ? labels.join(", ") : `${labels.join(", ")}: ${field}` };
}

/** The last part that has a name of its own: "signals[3]" is one of the kinds of signal. */
function labelOfField(parts: readonly string[]): string | null {
  const [last, before] = parts.filter((part) => !/^\d+$/.test(part)).reverse();
  if (last === undefined) return null;
  const label = labelOfKey(last);
  // Points by name: "points.director".
  if (label === null && before === "points") return `points of ${last.replaceAll("_", " ")}`;
  return /^\d+$/.test(parts.at(-1) ?? "") && last === "rungs" ? null : label;
}
