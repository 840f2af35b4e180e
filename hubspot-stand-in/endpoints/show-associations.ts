import { primaryType } from "../crm-data/association-types.ts";
import type { ObjectTypeFacts } from "../object-types.ts";
import type { Portal } from "../portal.ts";

/** At most this many links of one kind come with a record; the rest is a matter of the associations API. */
const mostLinks = 100;

/** `associations=companies` of a list or a read: one entry per link and type. */
export function showAssociations(
  portal: Portal,
  facts: ObjectTypeFacts,
  id: string,
  wanted: readonly ObjectTypeFacts[],
): { associations?: Record<string, object> } {
  const associations: Record<string, object> = {};
  for (const other of wanted) {
    const links = portal.links.links({ type: facts.name, id }, other.name);
    if (links.length === 0) continue;
    const shown = links.slice(0, mostLinks);
    const results = shown.flatMap(({ toId, typeIds }) =>
      typeIds.map((typeId) => ({ id: toId, type: typeName(portal, facts, other, typeId) })),
    );
    const after = shown.at(-1)?.toId;
    const paging = links.length > mostLinks && after ? { paging: { next: { after } } } : {};
    associations[other.name] = { results, ...paging };
  }
  return Object.keys(associations).length > 0 ? { associations } : {};
}

function typeName(portal: Portal, from: ObjectTypeFacts, to: ObjectTypeFacts, typeId: number): string {
  const plain = `${from.singular}_to_${to.singular}`;
  if (typeId === primaryType(from.name, to.name)) return plain;
  const { category, label } = portal.labels.describe(from.name, to.name, typeId);
  if (category === "USER_DEFINED" && label) return label.toLowerCase().replaceAll(/\W+/g, "_");
  return `${plain}_unlabeled`;
}
