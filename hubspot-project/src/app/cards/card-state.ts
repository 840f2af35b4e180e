import type { ApiResult } from "@touchstone/shared/ask-api.ts";
import type { AccountView } from "@touchstone/shared/card-api.ts";

export type CardState =
  | { readonly status: "loading" }
  | { readonly status: "failed"; readonly message: string }
  /** `problem`: the newest attempt failed, so `view` is what was known before it. */
  | { readonly status: "shown"; readonly view: AccountView; readonly problem: string | null };

export interface AnsweredState {
  readonly card: CardState;
  /** Number of the newest request that was answered. An answer to an older one comes too late and is dropped. */
  readonly answered: number;
}

export interface NumberedAnswer {
  readonly request: number;
  readonly result: ApiResult<AccountView>;
}

export const firstState: AnsweredState = { card: { status: "loading" }, answered: 0 };

export function withAnswer(state: AnsweredState, { request, result }: NumberedAnswer): AnsweredState {
  if (request <= state.answered) return state;
  return { card: nextCard(state.card, result), answered: request };
}

function nextCard(card: CardState, result: ApiResult<AccountView>): CardState {
  if (result.ok) return { status: "shown", view: result.value, problem: null };
  return card.status === "shown" ? { ...card, problem: result.message } : { status: "failed", message: result.message };
}
