import { useExtensionActions } from "@hubspot/ui-extensions";
import type { ApiResult } from "@touchstone/shared/ask-api.ts";
import type { ModelFaultView } from "@touchstone/shared/models-api.ts";
import { useCallback, useState } from "react";

interface Refusal {
  readonly message: string;
  readonly faults: readonly ModelFaultView[];
}

export interface Write {
  readonly busy: boolean;
  /** Why the last one was refused; null when it was not. */
  readonly refusal: Refusal | null;
  /** Sends, says how it went, and gives back what was answered; null when it was refused. */
  send<T>(ask: () => Promise<ApiResult<T>>, done: string): Promise<T | null>;
}

/** A write of the page, confirmed or refused in words. An empty `done` says nothing: the screen shows what came of it. */
export function useWrite(): Write {
  const { addAlert } = useExtensionActions<"settings">();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const send = useCallback(
    async <T>(ask: () => Promise<ApiResult<T>>, done: string): Promise<T | null> => {
      setBusy(true);
      const result = await ask();
      setBusy(false);
      setRefusal(result.ok ? null : { message: result.message, faults: result.faults ?? [] });
      if (result.ok && done !== "") addAlert({ type: "success", message: done });
      return result.ok ? result.value : null;
    },
    [addAlert],
  );
  return { busy, refusal, send };
}
