/** What of the models is open; `outcome` is what the last publishing was answered with. */
export type ModelPlace =
  | { readonly at: "list"; readonly outcome: readonly string[] }
  | { readonly at: "version"; readonly key: string; readonly version: number; readonly title: string }
  | { readonly at: "draft"; readonly path: string; readonly title: string };

export interface ModelRoute {
  go(place: ModelPlace): void;
}
