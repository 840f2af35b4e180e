import { useMemo } from "react";
import { closeOverlay } from "./components/overlay.tsx";
import type { ExtensionAlert, ExtensionHost, PageTarget } from "./extension-protocol.ts";
import { fetchAsHubSpot } from "./stand-in-calls.ts";

interface Surroundings {
  showAlert(text: string): void;
  /** Absent where there is no record to read again. */
  readonly refreshRecord?: () => void;
  /** Absent where there is nowhere to go. */
  readonly navigate?: (target: PageTarget) => void;
}

/** What the page does for the extension that runs on it. */
export function useExtensionHost(portalId: number, { showAlert, refreshRecord, navigate }: Surroundings) {
  return useMemo<ExtensionHost>(
    () => ({
      fetch: (call) => fetchAsHubSpot(portalId, call),
      addAlert: async (alert) => showAlert(alertText(alert)),
      refreshRecord: async () => refreshRecord?.(),
      closeOverlay: async (id) => closeOverlay(id),
      reload: async () => location.reload(),
      copyText: (text) => navigator.clipboard.writeText(text),
      navigate: async (target) => navigate?.(target),
    }),
    [portalId, showAlert, refreshRecord, navigate],
  );
}

const alertText = ({ title, message }: ExtensionAlert): string => (title ? `${title}: ${message}` : message);
