/** A property of HubSpot as we want a portal to have it. */
export interface PropertyDefinition {
  /** Lower case; HubSpot keeps a name for ever. */
  readonly name: string;
  readonly label: string;
  readonly description?: string;
  readonly type: "string" | "number" | "bool" | "enumeration" | "date" | "datetime";
  readonly fieldType: "text" | "textarea" | "number" | "booleancheckbox" | "select" | "radio" | "checkbox" | "date";
  /** In the order to be shown. Needed for an enumeration; a bool has Yes and No unless it says otherwise. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
}

/**
 * What decides whether a portal must be asked again: names, types and options. Wording is no part of it, so that a comma in
 * a description costs no portal a request.
 */
export const describeDefinitions = (definitions: readonly PropertyDefinition[]): string =>
  JSON.stringify(definitions.map(({ name, type, options = [] }) => [name, type, options.map(({ value }) => value)]));
