import type { ApiResult } from "@touchstone/shared/ask-api.ts";
import { useCallback, useEffect, useRef, useState } from "react";

export type Answer<T> =
  | { readonly status: "loading" }
  | { readonly status: "failed"; readonly code: number | null; readonly message: string }
  /** `problem`: the newest attempt failed, so `value` is what was known before it. */
  | { readonly status: "shown"; readonly value: T; readonly problem: string | null };

export interface AnswerSource<T> {
  readonly answer: Answer<T>;
  readonly refreshing: boolean;
  refresh(): void;
  /** Shows what a write was answered with. */
  show(value: T): void;
}

/** Asks once, and again when a person wants it. Only the newest request is shown. `read` must not change between renders. */
export function useAnswer<T>(read: () => Promise<ApiResult<T>>): AnswerSource<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ status: "loading" });
  const [refreshing, setRefreshing] = useState(false);
  const newest = useRef(0);

  const ask = useCallback(async () => {
    newest.current += 1;
    const request = newest.current;
    const result = await read();
    if (request !== newest.current) return;
    setRefreshing(false);
    setAnswer((before) => nextAnswer(before, result));
  }, [read]);

  useEffect(() => {
    void ask();
    return () => {
      newest.current += 1;
    };
  }, [ask]);

  const refresh = useCallback(() => {
    setRefreshing(true);
    void ask();
  }, [ask]);
  const show = useCallback((value: T) => {
    newest.current += 1;
    setRefreshing(false);
    setAnswer({ status: "shown", value, problem: null });
  }, []);
  return { answer, refreshing, refresh, show };
}

function nextAnswer<T>(before: Answer<T>, result: ApiResult<T>): Answer<T> {
  if (result.ok) return { status: "shown", value: result.value, problem: null };
  if (before.status === "shown") return { ...before, problem: result.message };
  return { status: "failed", code: result.status, message: result.message };
}
