import type { ApiResult } from "@touchstone/shared/ask-api.ts";

export type CardState<T> =
  | { readonly status: "loading" }
  /** `denied`: the server knows who asks, and does not let them. */
  | { readonly status: "failed"; readonly message: string; readonly denied: boolean }
  /** `problem`: the newest attempt failed, so `view` is what was known before it. */
  | { readonly status: "shown"; readonly view: T; readonly problem: string | null };

export interface AnsweredState<T> {
  readonly card: CardState<T>;
  /** Number of the newest request that was answered. An answer to an older one comes too late and is dropped. */
  readonly answered: number;
}

export interface NumberedAnswer<T> {
  readonly request: number;
  readonly result: ApiResult<T>;
}

export const firstState = { card: { status: "loading" }, answered: 0 } as const;

export function withAnswer<T>(state: AnsweredState<T>, { request, result }: NumberedAnswer<T>): AnsweredState<T> {
  if (request <= state.answered) return state;
  return { card: nextCard(state.card, result), answered: request };
}

function nextCard<T>(card: CardState<T>, result: ApiResult<T>): CardState<T> {
  if (result.ok) return { status: "shown", view: result.value, problem: null };
  if (card.status === "shown") return { ...card, problem: result.message };
  return { status: "failed", message: result.message, denied: isDenied(result) };
}

export const isDenied = ({ status }: { readonly status: number | null }): boolean => status === 401 || status === 403;
