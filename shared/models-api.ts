import type { ModelReference } from "./account-score.ts";

/** Scoring models of a portal: every request is a card request, signed by HubSpot. Times are milliseconds since 1970. */
export const modelsApi = {
  listModels: { method: "GET", path: () => "/api/models" },
  getVersion: {
    method: "GET",
    path: (key: string, version: number) => `/api/models/${encodeURIComponent(key)}/versions/${version}`,
  },
  getTemplate: { method: "GET", path: (key: string) => `/api/models/templates/${encodeURIComponent(key)}` },
  openModel: { method: "POST", path: () => "/api/models/form" },
  previewModel: { method: "POST", path: () => "/api/models/preview" },
  publishModel: { method: "POST", path: () => "/api/models/publish" },
  rollBackModel: { method: "POST", path: () => "/api/models/rollback" },
  importHubspotScore: { method: "POST", path: () => "/api/models/import-hubspot-score" },
} as const;

type Purpose = ModelReference["purpose"];

export interface ModelFaultView {
  /** For example "criteria[2].rungs[0].points": where it is in the file. */
  readonly path: string;
  /** The same as the form names it: "Company size, 51 to 200: points". Absent: the file alone has a name for it. */
  readonly place?: string;
  /** What is wrong, and the remedy. */
  readonly message: string;
}

export interface ModelVersionView {
  readonly key: string;
  readonly version: number;
  readonly name: string;
  readonly purpose: Purpose;
  readonly active: boolean;
  readonly publishedAt: number;
  /** HubSpot user id; null for the model that came with the install. */
  readonly publishedBy: string | null;
  readonly note: string | null;
}

export interface ModelTemplateView {
  readonly key: string;
  readonly name: string;
  readonly purpose: Purpose;
  readonly description: string;
  readonly source: string;
}

/** Answer of `listModels`; versions are the newest first, at most 200. */
export interface ModelsView {
  readonly active: readonly ModelVersionView[];
  readonly versions: readonly ModelVersionView[];
  readonly templates: readonly ModelTemplateView[];
}

/** A number of a model that a form can hold well. */
export interface ModelFieldView {
  /** As in `ModelFaultView`, so that a fault finds its field. */
  readonly path: string;
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly decimals: number;
}

export interface ModelFieldGroupView {
  readonly label: string;
  /** What the group is and where it comes from: "Fit · row 27". */
  readonly detail: string;
  readonly fields: readonly ModelFieldView[];
}

/** Answer of `openModel` and `getTemplate`: a document, and those of its numbers that a form can hold. */
export interface ModelDraftView {
  readonly model: object;
  readonly form: readonly ModelFieldGroupView[];
  /** What the form leaves out, in a sentence; null: nothing that is a number. */
  readonly formNote: string | null;
}

/** A version of a model by its key. */
export interface ModelVersionKey {
  readonly key: string;
  readonly version: number;
}

/** Answer of `getVersion`. */
export interface ModelVersionDetailView extends ModelDraftView {
  /** What is active now for its purpose. */
  readonly active: ModelVersionKey;
  /** What would be different from the model that is active now, in sentences. */
  readonly changes: readonly string[];
}

/** Body of `openModel`: a document that somebody pasted. Refused with every fault, as a preview would be. */
export interface OpenModelRequest {
  readonly model: unknown;
}

/** Body of `previewModel` and `publishModel`. The version in the document does not matter: the next one is given. */
export interface ModelRequest {
  readonly model: unknown;
  readonly note?: string;
  /**
   * Publishing only: what was active when this was previewed. When something else is active by then, and not this document,
   * it is refused (409). Absent: whatever is active is replaced.
   */
  readonly over?: ModelVersionKey;
  /** How long a preview may take, 1,000 to 110,000 ms; 12,000 when absent, because HubSpot's fetch waits 15 s by default. */
  readonly waitMs?: number;
}

/** Body of `rollBackModel`; `over` as in `ModelRequest`. */
export interface RollBackRequest extends ModelVersionKey {
  readonly over?: ModelVersionKey;
}

/** Answer of `publishModel` and `rollBackModel`. */
export interface PublishedModelView {
  readonly key: string;
  readonly version: number;
  readonly purpose: Purpose;
  /** True when the document is the active one already: nothing was changed. */
  readonly unchanged: boolean;
  /** What is different from the version that was active, in sentences. */
  readonly changes: readonly string[];
  /** Company properties that are read from HubSpot now, because no model asked for them before. */
  readonly readingNow: readonly string[];
  readonly properties: ModelPropertiesView;
  /** All of it in sentences; the first says in short what happened. */
  readonly lines: readonly string[];
}

/** What was done in HubSpot so that it can hold what the model gives and takes. */
export interface ModelPropertiesView {
  /** Labels and names of properties that were made. */
  readonly created: readonly PropertyView[];
  /** Choices that were added to properties; what was there stays as it is. */
  readonly newOptions: readonly { readonly name: string; readonly values: readonly string[] }[];
  /** What a person or another system must fill before the model knows it: made by us, so empty at first. */
  readonly toFill: readonly PropertyView[];
  /** HubSpot's or the portal's own properties that the model reads and this portal does not have. */
  readonly missing: readonly PropertyView[];
  /** What could not be done, and what happens now. */
  readonly problems: readonly string[];
}

export interface PropertyView {
  readonly name: string;
  readonly label: string;
}

/** Body of `importHubspotScore`: HubSpot's own score, as its Lead Scoring API gives it. */
export interface ImportScoreRequest {
  readonly score: unknown;
}

/** Answer of `importHubspotScore`. Nothing is changed: preview and publish the model. */
export interface ImportedScoreView {
  /** Null when no rule could be expressed. */
  readonly model: object | null;
  /** What became of each rule, and why. */
  readonly rules: readonly {
    readonly group: string;
    readonly rule: string;
    readonly outcome: "imported" | "changed" | "left out";
    readonly text: string;
  }[];
  /** What concerns the score as a whole. */
  readonly notes: readonly string[];
}

export interface PreviewView {
  /** What the draft was compared with; it goes with the publishing. */
  readonly over: ModelVersionKey;
  readonly model: { readonly key: string; readonly name: string; readonly purpose: Purpose; readonly version: number };
  /** The moment for which both models were scored. */
  readonly scoredAt: number;
  readonly accounts: number;
  readonly scored: number;
  /** False when the time was up: the figures are those of the first `scored` accounts, by id. */
  readonly complete: boolean;
  readonly warnings: readonly string[];
  readonly changes: readonly string[];
  /** From the highest band down, then "excluded". */
  readonly bands: readonly BandPreview[];
  readonly moved: number;
  /** How many went from which band to which, the most first, at most 100. */
  readonly moves: readonly { readonly from: string; readonly to: string; readonly accounts: number }[];
  /** Accounts that change band, the largest change of points first, at most 200. */
  readonly movers: readonly MoverPreview[];
  /** Newly over the line of the portal's hot rule; null for a priority model, which does not touch readiness. */
  readonly newHot: { readonly accounts: number; readonly named: readonly NamedAccount[] } | null;
  /** The portal's tiers that have a bound, with the places its people can work; null when they are not the model's bands. */
  readonly caps: readonly CapPreview[] | null;
  readonly largest: readonly ChangePreview[];
  readonly elapsedMs: number;
}

export interface NamedAccount {
  readonly companyId: string;
  readonly name: string | null;
}

export interface BandPreview {
  readonly key: string;
  readonly label: string;
  readonly before: number;
  readonly after: number;
}

export interface MoverPreview extends NamedAccount {
  readonly from: string;
  readonly to: string;
  readonly scoreFrom: number | null;
  readonly scoreTo: number | null;
}

/** Bands first, then the cap by rank: what is over waits for its tier in the next one (T14). */
export interface CapPreview {
  readonly tier: string;
  readonly cap: number;
  readonly inBand: { readonly before: number; readonly after: number };
  readonly waitingFromAbove: { readonly before: number; readonly after: number };
  readonly over: { readonly before: number; readonly after: number };
}

export interface ChangePreview extends NamedAccount {
  readonly scoreFrom: number | null;
  readonly scoreTo: number | null;
  readonly lines: readonly string[];
}

/** A line of the answer to `accept: application/x-ndjson`. */
export type PreviewLine =
  | { readonly type: "progress"; readonly scored: number; readonly accounts: number }
  | { readonly type: "result"; readonly preview: PreviewView }
  | { readonly type: "error"; readonly error: string; readonly message: string };
