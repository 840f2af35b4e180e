import type { ReconcileView } from "./card-api.ts";

/** What the settings page asks besides what the features answer; every request is signed by HubSpot. */
export const settingsApi = {
  getAccess: { method: "GET", path: () => "/api/settings/access" },
  getHealth: { method: "GET", path: () => "/api/settings/health" },
  getProperties: { method: "GET", path: () => "/api/settings/properties" },
  getRules: { method: "GET", path: () => "/api/settings/rules" },
  getRoles: { method: "GET", path: () => "/api/committee/settings" },
  changeRoles: { method: "POST", path: () => "/api/committee/settings" },
  getMessages: { method: "GET", path: () => "/api/messages" },
  changeMessages: { method: "POST", path: () => "/api/messages" },
  getProgress: { method: "GET", path: () => "/api/settings/progress" },
  getViewOnly: { method: "GET", path: () => "/api/settings/view-only" },
  changeViewOnly: { method: "POST", path: () => "/api/settings/view-only" },
} as const;

/** Answer of `getAccess`: whether the reader may change what all see. */
export interface SettingsAccessView {
  readonly mayChange: boolean;
  /** Why not, and what to do; null when they may. */
  readonly why: string | null;
}

/** Answer of `getViewOnly` and `changeViewOnly`: who may look at everything and change nothing. */
export interface ViewOnlyView {
  /** HubSpot user ids, at most 200. */
  readonly userIds: readonly string[];
  readonly version: number;
  /** The reader's own, as HubSpot signed it: how they can tell it to whoever makes the list. */
  readonly yourId: string;
}

/** Answer of `getProgress`: how far HubSpot holds what the present models and tiers give. */
export interface SettingsProgressView {
  /** Accounts whose newest result stands in HubSpot. */
  readonly done: number;
  readonly total: number;
  /** Ready to show: "48 of 60 accounts scored and written". */
  readonly line: string;
  /** Something is still on its way: ask again in a moment. */
  readonly pending: boolean;
}

/** Answer of `getHealth`. Lists are short and the counts beside them whole; sentences are ready to show. */
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

/** Answer of `getProperties`. */
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

/** Answer of `getRules`. */
export interface SettingsRulesView {
  readonly rules: readonly RuleFormView[];
}
