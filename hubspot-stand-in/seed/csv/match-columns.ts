import { companyProperties } from "../../standard-properties/company-properties.ts";
import { contactProperties } from "../../standard-properties/contact-properties.ts";
import { dealProperties } from "../../standard-properties/deal-properties.ts";
import type { PropertyDefinition } from "../../standard-properties/define-properties.ts";
import { companyLabels, contactLabels, dealLabels } from "./hubspot-labels.ts";
import { textKey } from "./text-key.ts";

export type CsvType = "companies" | "contacts" | "deals";
export type LinkColumn = "primaryCompanyIds" | "companyIds" | "companyNames" | "contactIds" | "contactNames";

/** What a header means; columns that mean nothing to us are left in `unknown`. */
export interface ColumnMatch {
  id: string | null;
  properties: Map<string, PropertyDefinition>;
  links: Map<LinkColumn, string>;
  unknown: string[];
}

const sources = {
  companies: { definitions: companyProperties, labels: companyLabels },
  contacts: { definitions: contactProperties, labels: contactLabels },
  deals: { definitions: dealProperties, labels: dealLabels },
} as const;

const idColumns: Record<CsvType, string[]> = {
  companies: ["record id", "record id - company", "company id", "hs_object_id"],
  contacts: ["record id", "record id - contact", "contact id", "hs_object_id"],
  deals: ["record id", "record id - deal", "deal id", "hs_object_id"],
};

const linkColumns: [LinkColumn, string[]][] = [
  ["primaryCompanyIds", ["associated company ids (primary)", "primary associated company id", "associatedcompanyid"]],
  ["companyIds", ["associated company ids", "associated company id"]],
  ["companyNames", ["associated company", "associated company (primary)", "primary associated company"]],
  ["contactIds", ["associated contact ids", "associated contact id"]],
  ["contactNames", ["associated contact", "associated contacts"]],
];

const keyed = <T>(entries: [string, T][]) => new Map(entries.map(([text, value]) => [textKey(text), value]));

function propertyKeys(type: CsvType): Map<string, PropertyDefinition> {
  const { definitions, labels } = sources[type];
  const byName = new Map(definitions.map((definition) => [definition.name, definition]));
  const named = definitions.flatMap((definition): [string, PropertyDefinition][] => [
    [definition.label, definition],
    [definition.name, definition],
  ]);
  const labelled = labels.flatMap(([label, name]): [string, PropertyDefinition][] => {
    const definition = byName.get(name);
    return definition ? [[label, definition]] : [];
  });
  return keyed([...named, ...labelled]);
}

export function matchColumns(type: CsvType, header: readonly string[]): ColumnMatch {
  const ids = new Set(idColumns[type].map(textKey));
  const links = keyed(
    type === "companies"
      ? []
      : linkColumns.flatMap(([link, titles]) => titles.map((title): [string, LinkColumn] => [title, link])),
  );
  const properties = propertyKeys(type);
  const match: ColumnMatch = { id: null, properties: new Map(), links: new Map(), unknown: [] };
  const taken = new Set<string>();
  for (const title of header) {
    const key = textKey(title);
    const link = links.get(key);
    const definition = properties.get(key);
    if (ids.has(key) && match.id === null) match.id = title;
    else if (link && !match.links.has(link)) match.links.set(link, title);
    else if (definition && !taken.has(definition.name)) {
      match.properties.set(title, definition);
      taken.add(definition.name);
    } else match.unknown.push(title);
  }
  return match;
}
