import { useExtensionActions } from "@hubspot/ui-extensions";
import type { ApiResult } from "@touchstone/shared/ask-api.ts";
import type { ModelFaultView } from "@touchstone/shared/models-api.ts";
import { useCallback, useState } from "react";

export interface Refusal {
  /** Null when no answer came at all. */
  readonly status: number | null;
  readonly message: string;
  /** Every fault of a document that was refused. */
  readonly faults: readonly ModelFaultView[];
}

export interface Write {
  readonly busy: boolean;
  /** Which one is being sent, by the caller's own key; null when nothing is, or nothing that has a key. */
  readonly sending: string | null;
  /** Why the last one was refused; null when it was not. */
  readonly refusal: Refusal | null;
  /** Sends, says how it went, and gives back what was answered; null when it was refused. */
  send<T>(ask: () => Promise<ApiResult<T>>, done: string, key?: string): Promise<T | null>;
}

/**
 * A write of a screen: one at a time, and always confirmed or refused in words; `refusedBy` says whether the screen shows a refusal
 * itself. An empty `done` says nothing: the screen shows what came of it.
 */
export function useWrite(refusedBy: "alert" | "screen" = "alert"): Write {
  const { addAlert } = useExtensionActions<"pages">();
  const [busy, setBusy] = useState(false);
  const [sending, setSending] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const send = useCallback(
    async <T>(ask: () => Promise<ApiResult<T>>, done: string, key?: string): Promise<T | null> => {
      setBusy(true);
      setSending(key ?? null);
      const result = await ask();
      setBusy(false);
      setSending(null);
      const refused = result.ok ? null : refusalOf(result);
      setRefusal(refused);
      if (refused !== null && refusedBy === "alert")
        addAlert({ type: "danger", title: titleOf(refused), message: refused.message });
      if (refused === null && done !== "") addAlert({ type: "success", message: done });
      return result.ok ? result.value : null;
    },
    [addAlert, refusedBy],
  );
  return { busy, sending, refusal, send };
}

/** Every write may be sent twice: who does not know what became of it tries again. */
function refusalOf({ status, message, faults = [] }: Extract<ApiResult<unknown>, { ok: false }>): Refusal {
  const tryAgain = status === null || status >= 500;
  return { status, message: tryAgain ? `${message} What you entered is still here: try again.` : message, faults };
}

export function titleOf({ status }: Refusal): string {
  if (status === 401 || status === 403) return "You may not do this";
  return status === 409 ? "This has changed meanwhile" : "Not done";
}
