import { useExtensionActions } from "@hubspot/ui-extensions";
import type { ApiResult } from "@touchstone/shared/ask-api.ts";
import { useCallback, useState } from "react";

export interface Write {
  /** What is being sent, by the caller's own key; null when nothing is. */
  readonly busy: string | null;
  /** Why the last one was refused; null when it was not. */
  readonly refusal: string | null;
  /** Sends, says how it went, and gives back what was answered; null when it was refused. */
  send<T>(key: string, ask: () => Promise<ApiResult<T>>, done: string): Promise<T | null>;
}

/** Every write of the page: one at a time, and always confirmed or refused in words. */
export function useWrite(): Write {
  const { addAlert } = useExtensionActions<"pages">();
  const [busy, setBusy] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const send = useCallback(
    async <T>(key: string, ask: () => Promise<ApiResult<T>>, done: string): Promise<T | null> => {
      setBusy(key);
      const result = await ask();
      setBusy(null);
      setRefusal(result.ok ? null : result.message);
      if (result.ok) addAlert({ type: "success", message: done });
      else addAlert({ type: "danger", title: "Not done", message: result.message });
      return result.ok ? result.value : null;
    },
    [addAlert],
  );
  return { busy, refusal, send };
}
