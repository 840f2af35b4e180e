/** What the settings page asks besides what the features answer; every request is signed by HubSpot. */
export const settingsApi = {
  getAccess: { method: "GET", path: () => "/api/settings/access" },
  getProgress: { method: "GET", path: () => "/api/settings/progress" },
} as const;

/** Answer of `getAccess`: whether the reader may change what all see. */
export interface SettingsAccessView {
  readonly mayChange: boolean;
  /** Why not, and what to do; null when they may. */
  readonly why: string | null;
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
