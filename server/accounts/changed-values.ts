import { outputProperties } from "@touchstone/shared/output-properties.ts";
import { personProperties } from "@touchstone/shared/person-properties.ts";
import type { OutputType } from "../db/output-tables.ts";
import type { PendingOutput } from "../db/pending-outputs.ts";

const emptied = (properties: readonly { readonly name: string }[]): Readonly<Record<string, string>> =>
  Object.fromEntries(properties.map(({ name }) => [name, ""]));
const nothing: Readonly<Record<OutputType, Readonly<Record<string, string>>>> = {
  companies: emptied(outputProperties),
  contacts: emptied(personProperties),
};

/**
 * What is to be sent of a record's results. The first time that is all of them, and what we have nothing to say about is cleared: a
 * record that came by a merge or out of the recycling bin still holds what was said of another one, or once.
 */
export function changedValues(
  type: OutputType,
  { output, written }: Pick<PendingOutput, "output" | "written">,
  barred: ReadonlySet<string>,
): Record<string, string> {
  const wanted = written === null ? { ...nothing[type], ...output } : output;
  return Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => written?.[name] !== value && !barred.has(name)),
  );
}
