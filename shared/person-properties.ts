import { type BuyingRole, buyingRoles } from "./account-snapshot.ts";
import type { PersonLevel } from "./committee-api.ts";
import type { PropertyDefinition } from "./property-definition.ts";
import { roleText } from "./score-text.ts";

/**
 * The contact properties that Touchstone writes, in the same group as those of companies and by the same rules. They are
 * optional: a portal whose grant lacks this scope does without them.
 */
export const contactSchemaScope = "crm.schemas.contacts.write";

export const personProperties = [
  {
    name: "touchstone_person_level",
    label: "Person level",
    type: "number",
    fieldType: "number",
    description: "1 aware, 2 interested, 3 engaged, 4 evaluating, 5 advocating. Empty: nothing seen in 180 days.",
  },
  {
    name: "touchstone_committee_roles",
    label: "Committee roles",
    type: "enumeration",
    fieldType: "checkbox",
    description:
      "What part the person plays in a purchase: what Touchstone was told, and what HubSpot's buying role says.",
    options: buyingRoles.map((role) => ({ value: role, label: capital(roleText[role]) })),
  },
] as const satisfies readonly PropertyDefinition[];

export type PersonOutputName = (typeof personProperties)[number]["name"];

/** What HubSpot should hold of a person; empty texts for one of whom nothing is known. */
export const toPersonOutput = (level: PersonLevel, roles: readonly BuyingRole[]): Record<PersonOutputName, string> => ({
  touchstone_person_level: level > 0 ? String(level) : "",
  touchstone_committee_roles: buyingRoles.filter((role) => roles.includes(role)).join(";"),
});

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
