import type { PropertyDefinition } from "./property-definition.ts";
import { roleTaxonomies } from "./role-taxonomies.ts";

/**
 * The records that mirror our programme in HubSpot, once HubSpot has granted their names (hubspot-project.md §2). This is the
 * only place that names them: the files of the upload, the mirror and its requests come from here. Names of objects and
 * properties, and values of options, are for ever. HubSpot puts the app's prefix before them: never write it here.
 */
export interface AppObject {
  readonly key: AppObjectKey;
  /** UPPER_SNAKE_CASE; HubSpot's own name for it is made by `objectTypeOf`. */
  readonly name: string;
  readonly singular: string;
  readonly plural: string;
  /** At most 72 characters. */
  readonly description: string;
  readonly display: string;
  readonly secondary: readonly string[];
  readonly properties: readonly (PropertyDefinition & {
    readonly unique?: true;
    /** People may change it in HubSpot, and the change comes back (decision 0024). All others are read-only there. */
    readonly editable?: true;
  })[];
  readonly linkedTo: readonly ("companies" | "contacts")[];
}

export const appObjectKeys = ["tier", "play", "buying_role"] as const;
export type AppObjectKey = (typeof appObjectKeys)[number];

/** Every record carries our own key, so that sending it twice makes one. */
export const keyProperty = "touchstone_key";
const key = {
  name: keyProperty,
  label: "Touchstone key",
  type: "string",
  fieldType: "text",
  unique: true,
} as const;
const text = { type: "string", fieldType: "text" } as const;

const roles = Object.values(roleTaxonomies).flatMap((taxonomy) => taxonomy.roles);
const statuses = ["draft", "approved", "running", "paused", "retired"] as const;

export const appObjects: Readonly<Record<AppObjectKey, AppObject>> = {
  tier: {
    key: "tier",
    name: "TIER",
    singular: "Tier",
    plural: "Tiers",
    description: "A tier of the account programme",
    display: "tier_name",
    secondary: ["tier_order"],
    properties: [
      key,
      { name: "tier_name", label: "Tier name", ...text },
      { name: "tier_order", label: "Tier order", type: "number", fieldType: "number" },
    ],
    linkedTo: ["companies"],
  },
  play: {
    key: "play",
    name: "PLAY",
    singular: "Play",
    plural: "Plays",
    description: "A play of the account programme",
    display: "play_name",
    secondary: ["play_status"],
    properties: [
      key,
      { name: "play_name", label: "Play name", ...text, editable: true },
      { name: "play_tier", label: "Tier of the play", ...text },
      {
        name: "play_status",
        label: "Play status",
        type: "enumeration",
        fieldType: "select",
        options: statuses.map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) })),
      },
      { name: "play_launched_on", label: "Launched on", type: "date", fieldType: "date" },
    ],
    linkedTo: ["companies"],
  },
  buying_role: {
    key: "buying_role",
    name: "BUYING_ROLE",
    singular: "Buying Role",
    plural: "Buying Roles",
    description: "The part that a person plays in an account's purchase",
    display: "role_name",
    secondary: [],
    properties: [
      key,
      { name: "role_name", label: "Role name", ...text },
      {
        name: "role_key",
        label: "Role",
        type: "enumeration",
        fieldType: "select",
        options: [...new Map(roles.map((role) => [role.key, { value: role.key, label: role.label }])).values()],
      },
    ],
    linkedTo: ["companies", "contacts"],
  },
};

/** As HubSpot names it in paths: "a16858319_tier". */
export const objectTypeOf = (appId: number, object: AppObjectKey): string =>
  `a${appId}_${appObjects[object].name.toLowerCase()}`;

/** As HubSpot names it in records: "a16858319_tier_name". */
export const propertyNameOf = (appId: number, name: string): string => `a${appId}_${name}`;

/** Seen in a real address of an installation, not documented (hubspot-project.md §2). */
export const appObjectScopes = (appId: number): string[] =>
  appObjectKeys.flatMap((object) =>
    ["view", "create", "edit", "delete"].map((right) => `crm.app.objects.${objectTypeOf(appId, object)}.${right}`),
  );
