import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import type { SettingsAccessView } from "@touchstone/shared/settings-api.ts";
import { createContext, useContext } from "react";
import type { AskServer } from "./ask-server.ts";

interface Settings {
  readonly ask: AskServer;
  readonly format: ReaderFormat;
  readonly access: SettingsAccessView;
}

export const SettingsContext = createContext<Settings | null>(null);

/** What every section has: the server, how the reader sees times, and whether they may change anything. */
export function useSettings(): Settings {
  const settings = useContext(SettingsContext);
  if (settings === null) throw new Error("A section was shown outside of the settings page.");
  return settings;
}
