/**
 * Signals that other systems send, and what an admin sees and decides about them. `send` and, with text/csv, `importCsv` take
 * a key of the portal as bearer token; the others are card requests, signed by HubSpot.
 * Times are milliseconds since 1970-01-01 UTC.
 */
export const signalsApi = {
  send: { method: "POST", path: () => "/api/signals" },
  importCsv: { method: "POST", path: () => "/api/signals/import" },
  listSources: { method: "GET", path: () => "/api/signals/sources" },
  muteSource: { method: "POST", path: () => "/api/signals/sources" },
  listKeys: { method: "GET", path: () => "/api/portal/api-keys" },
  createKey: { method: "POST", path: () => "/api/portal/api-keys" },
  revokeKey: { method: "POST", path: (keyId: string) => `/api/portal/api-keys/${encodeURIComponent(keyId)}/revoke` },
  listJudgements: {
    method: "GET",
    path: (companyId: string) => `/api/accounts/${encodeURIComponent(companyId)}/judgements`,
  },
} as const;

/** Each 1 to 10 (market.md row 41). */
export interface SignalRatings {
  readonly relevance: number;
  readonly recency: number;
  readonly volume: number;
}

export type SignalLevel = "high" | "medium" | "low";

/** Answer of `send`, one line for each signal, in the order of the request. */
export interface SentSignalsView {
  readonly stored: number;
  readonly known: number;
  readonly rejected: number;
  readonly lines: readonly SentSignalLine[];
}

export interface SentSignalLine {
  readonly index: number;
  /** "known": a signal of this source and id is kept already; nothing was changed. */
  readonly status: "stored" | "known" | "rejected";
  readonly message: string;
  /** Of a signal with ratings. */
  readonly level: SignalLevel | null;
}

/** Answer of `importCsv`: only lines that were not stored are listed, at most 1,000. */
export interface ImportedSignalsView {
  readonly stored: number;
  readonly known: number;
  readonly rejected: number;
  readonly lines: readonly { readonly line: number; readonly status: "known" | "rejected"; readonly message: string }[];
}

export interface SignalSourceView {
  readonly source: string;
  readonly muted: boolean;
  readonly lastAt: number | null;
  /** At most 1,000: more are not counted. */
  readonly signals: number;
  /** The light: newest signal at most 7 days old, at most 30, older. */
  readonly freshness: "fresh" | "ageing" | "stale";
}

export interface SignalSourcesView {
  readonly sources: readonly SignalSourceView[];
}

/** Body of `muteSource`. Muted signals are kept and not scored. */
export interface MuteSourceRequest {
  readonly source: string;
  readonly muted: boolean;
}

export interface ApiKeyView {
  readonly keyId: string;
  readonly label: string;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  readonly revokedAt: number | null;
}

/** Body of `createKey`. The same `requestId` again gives the same key a new secret, as long as nobody used it. */
export interface CreateApiKeyRequest {
  readonly label: string;
  readonly requestId: string;
}

/** Answer of `createKey`: the only time that `secret` is shown. */
export interface CreatedApiKeyView extends ApiKeyView {
  readonly secret: string;
}

export interface JudgementView {
  readonly criterion: string;
  /** Null: the answer was taken back. */
  readonly rung: string | null;
  /** HubSpot user id of who answered. */
  readonly by: string;
  readonly at: number;
  readonly note: string | null;
  readonly expiresAt: number | null;
}
