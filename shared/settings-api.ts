import type { ReconcileView } from "./card-api.ts";

/**
 * Where the settings page asks besides what the features answer; every request is signed by HubSpot. A GET reads; a POST to roles,
 * messages and viewOnly changes what it reads.
 */
export const settingsApi = {
  access: "/api/settings/access",
  health: "/api/settings/health",
  properties: "/api/settings/properties",
  rules: "/api/settings/rules",
  progress: "/api/settings/progress",
  viewOnly: "/api/settings/view-only",
  roles: "/api/committee/settings",
  messages: "/api/messages",
} as const;

/** Words of this page that need saying; what each means is asked with `access`. */
export type SettingsWord = "axis" | "band" | "cap" | "capacity" | "coverage" | "gate" | "half-life" | "rung" | "window";

/** Answer of `access`: whether the reader may change what all see. */
export interface SettingsAccessView {
  readonly mayChange: boolean;
  /** Why not, and what to do; null when they may. */
  readonly why: string | null;
  readonly words: Readonly<Record<SettingsWord, string>>;
}

/** Answer of `viewOnly`: who may look at everything and change nothing. */
export interface ViewOnlyView {
  /** HubSpot user ids, at most 200. */
  readonly userIds: readonly string[];
  readonly version: number;
  /** The reader's own, as HubSpot signed it: how they can tell it to whoever makes the list. */
  readonly yourId: string;
}

/** Answer of `progress`: how far HubSpot holds what the present models and tiers give. */
export interface SettingsProgressView {
  /** Accounts whose newest result stands in HubSpot. */
  readonly done: number;
  readonly total: number;
  /** Ready to show: "48 of 60 accounts scored and written". */
  readonly line: string;
  /** Something is still on its way: ask again in a moment. */
  readonly pending: boolean;
}

/** Answer of `health`. Lists are short and the counts beside them whole; sentences are ready to show. */
export interface SettingsHealthView {
  /** A number and what it means: time to written, what waits, what failed. */
  readonly figures: readonly { readonly label: string; readonly value: string; readonly detail: string }[];
  /** When HubSpot and Touchstone last agreed on something; the same four for every portal. */
  readonly sync: readonly {
    readonly label: string;
    readonly at: number | null;
    /** What stands there without a time. */
    readonly never: string;
  }[];
  /** What a person must look at. */
  readonly notices: readonly string[];
  /** Results that HubSpot refused, the newest first, at most 50. */
  readonly failedWrites: readonly {
    readonly id: string;
    readonly name: string;
    readonly reason: string;
    readonly at: number;
  }[];
  /** Accounts of which almost nothing is known, at most 20. */
  readonly leastKnown: readonly { readonly companyId: string; readonly name: string; readonly known: string }[];
  /** What was laid aside after all attempts, the newest first, at most 50. */
  readonly deadLetters: readonly { readonly subject: string; readonly reason: string; readonly at: number }[];
  readonly reconcile: ReconcileView | null;
  /** "Events: 30 days". */
  readonly kept: readonly string[];
  /** What disconnecting takes away for ever, and what stays. */
  readonly leaving: { readonly lost: readonly string[]; readonly kept: readonly string[] };
}

/** Answer of `properties`. */
export interface SettingsPropertiesView {
  readonly properties: readonly ReadPropertyView[];
  /** When the portal's properties were last compared with what is read here; null: not yet. */
  readonly comparedAt: number | null;
}

/** A company property that a model or the tiers read. */
export interface ReadPropertyView {
  readonly name: string;
  /** "Industry in Playbook 100". */
  readonly readBy: readonly string[];
  readonly state: "found" | "look" | "missing" | "unread";
  /** What is wrong and what to do; that all is well otherwise. */
  readonly text: string;
}

interface RuleFieldText {
  /** Name of the field in the rule. */
  readonly key: string;
  readonly label: string;
  readonly detail: string;
}

interface RuleOption {
  readonly value: string;
  readonly label: string;
}

export type RuleFieldView = RuleFieldText &
  (
    | { readonly kind: "number"; readonly value: number; readonly min: number; readonly max: number }
    /** The empty value stands for null: none. */
    | { readonly kind: "choice"; readonly value: string; readonly options: readonly RuleOption[] }
    | { readonly kind: "choices"; readonly value: readonly string[]; readonly options: readonly RuleOption[] }
  );

/** A rule of the portal as a form; it is sent to `path` as `{"rule": { key: value … }, "version"}`. */
export interface RuleFormView {
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly path: string;
  readonly version: number;
  readonly fields: readonly RuleFieldView[];
}

/** Answer of `rules`. */
export interface SettingsRulesView {
  readonly rules: readonly RuleFormView[];
}
