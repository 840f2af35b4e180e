import type { SettingsAccessView } from "@touchstone/shared/settings-api.ts";

/** What the words of the settings page mean, as in docs/glossary.md. */
export const settingsWords: SettingsAccessView["words"] = {
  axis: "A part of a model that is added up by itself, such as fit or intent.",
  band: "A range of points with a name, such as Tier 1.",
  cap: "The most accounts that may have a place in a tier. Who qualifies beyond it waits.",
  capacity:
    "How many accounts of a tier the people of sales or marketing can work. The smaller of cap and capacity counts.",
  coverage: "How many of the roles that a committee needs are known, by name or as the tier asks.",
  gate: "A condition that gives no points but must hold, such as being an ideal customer.",
  "half-life": "After so many days what somebody did counts half.",
  rung: "One step of a criterion. An account stands on one of them and gets its points.",
  window: "How many days back a criterion looks.",
};
