import { useExtensionActions } from "@hubspot/ui-extensions";
import type { ApiResult } from "@touchstone/shared/ask-api.ts";
import type { ModelFaultView } from "@touchstone/shared/models-api.ts";
import { useRef, useState } from "react";

export interface Refusal {
  /** Null when no answer came at all. */
  readonly status: number | null;
  readonly message: string;
  /** Every fault of a document that was refused. */
  readonly faults: readonly ModelFaultView[];
}

export interface Write {
  readonly busy: boolean;
  /** Which one is being sent, by the caller's own key, empty when it has none; null when nothing is. */
  readonly sending: string | null;
  /** Why the last one was refused; null when it was not, and when it is forgotten. */
  readonly refusal: Refusal | null;
  /** Sends, says how it went, and gives back what was answered; null when it was refused. */
  send<T>(ask: () => Promise<ApiResult<T>>, done: string, key?: string): Promise<T | null>;
  /** The form that was sent is closed: what becomes of it is not said in the next one. */
  forget(): void;
}

/**
 * A write of a screen: one at a time, and always confirmed or refused in words; `refusedBy` says whether the screen shows a refusal
 * itself. A refusal that comes when the screen shows something else is an alert in any case. An empty `done` says nothing: the
 * screen shows what came of it.
 */
export function useWrite(refusedBy: "alert" | "screen" = "alert"): Write {
  const { addAlert } = useExtensionActions<"pages">();
  const [sending, setSending] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const newest = useRef(0);
  const forget = () => {
    newest.current += 1;
    setRefusal(null);
  };
  const send = async <T>(ask: () => Promise<ApiResult<T>>, done: string, key = ""): Promise<T | null> => {
    forget();
    const press = newest.current;
    setSending(key);
    const result = await ask();
    setSending(null);
    if (result.ok) {
      if (done !== "") addAlert({ type: "success", message: done });
      return result.value;
    }
    const refused = refusalOf(result);
    const isShown = press === newest.current;
    if (isShown) setRefusal(refused);
    if (refusedBy === "alert" || !isShown)
      addAlert({ type: "danger", title: titleOf(refused), message: refused.message });
    return null;
  };
  return { busy: sending !== null, sending, refusal, send, forget };
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
