import type { BuyingRole, Seniority } from "./account-snapshot.ts";
import type { FormField, FormValues, FormView } from "./form-fields.ts";
import type { TaxonomyKey } from "./role-taxonomies.ts";

/** How closely a role must be known to count as covered; set by the account's tier (row 75). */
export const mappingDepths = ["person", "title", "category"] as const;
export type MappingDepth = (typeof mappingDepths)[number];

export interface RoleView {
  readonly key: string;
  readonly label: string;
  readonly required: boolean;
  readonly caresAbout: string | null;
}

/** A role that somebody may have, by their title and seniority: a suggestion with its reason, never a fact. */
export interface RoleSuggestion {
  readonly role: string;
  readonly label: string;
  readonly reason: string;
}

/** 1 aware, 2 interested, 3 engaged, 4 evaluating, 5 advocating (row 109); 0: nothing seen. */
export type PersonLevel = 0 | 1 | 2 | 3 | 4 | 5;

export interface CommitteePersonView {
  readonly personId: string;
  readonly name: string;
  readonly title: string | null;
  readonly seniority: Seniority | null;
  readonly roles: readonly RoleView[];
  readonly canonicalRoles: readonly BuyingRole[];
  /** "crm": from HubSpot's buying role; "touchstone": given here. */
  readonly rolesFrom: readonly ("crm" | "touchstone")[];
  readonly suggestions: readonly RoleSuggestion[];
  /** What the form about this person says at first, by the keys of `CommitteeView.form`. */
  readonly answers: FormValues;
  /** What comes of saving it. */
  readonly answersNote: string;
  readonly level: PersonLevel;
  readonly levelReason: string;
  /** 1 … 5; null: not judged. */
  readonly influence: number | null;
  /** −2 … +2; null: not judged. */
  readonly sentiment: number | null;
  readonly lastTouchAt: number | null;
  /** When the person last did something towards us, which not every signal is. */
  readonly engagedAt: number | null;
  /** The newest thing the person did, in words. */
  readonly buyingSignal: string | null;
  /** Left or cannot be reached: does not cover a role. */
  readonly gone: "bounced" | "departed" | null;
}

export interface CommitteeRoleView extends RoleView {
  readonly covered: boolean;
  /** Who or what covers it: people, or a title or category where the tier asks for no more. */
  readonly by: readonly string[];
}

export interface CommitteeView {
  readonly companyId: string;
  readonly taxonomy: TaxonomyKey;
  readonly depth: MappingDepth;
  readonly people: readonly CommitteePersonView[];
  readonly roles: readonly CommitteeRoleView[];
  /** Metric 4: covered required roles ÷ required roles. */
  readonly coverage: { readonly covered: number; readonly required: number; readonly missing: readonly string[] };
  readonly warnings: readonly string[];
  /** What can be said of each person. */
  readonly form: readonly FormField[];
  /** What can be said of a role of which no person is known (row 75). */
  readonly placeForm: FormView;
  /** "Approver: known by title, VP Finance" */
  readonly places: readonly string[];
}

export interface CommitteeSettingsView {
  readonly taxonomy: TaxonomyKey;
  readonly taxonomies: readonly {
    readonly key: TaxonomyKey;
    readonly label: string;
    readonly roles: readonly RoleView[];
    /** What choosing it does, to be read before it is done. */
    readonly effect: string;
  }[];
  readonly version: number;
  /** Whether roles that are given here are also written into HubSpot's own buying role. */
  readonly writeRoles: boolean;
  /** What writing them, and no longer writing them, does to people in HubSpot. */
  readonly writingEffect: { readonly begins: string; readonly ends: string };
}
