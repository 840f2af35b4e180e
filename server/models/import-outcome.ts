import type { Criterion } from "@touchstone/shared/criterion-shapes.ts";
import type { ImportedGate } from "./import-property-rule.ts";

/** What became of one rule: taken over as it is, with a difference, or left out; `text` says which and why. */
export interface ImportedRule {
  readonly group: string;
  readonly rule: string;
  readonly outcome: "imported" | "changed" | "left out";
  readonly text: string;
}

/** The same, with what goes into the model. */
export interface ImportOutcome extends ImportedRule {
  readonly criterion: Criterion | null;
  readonly gate: (ImportedGate & { readonly key: string; readonly label: string }) | null;
}
