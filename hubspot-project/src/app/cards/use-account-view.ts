import type { ApiClient } from "@touchstone/shared/api-client.ts";
import type { ApiResult } from "@touchstone/shared/ask-api.ts";
import type { AccountView } from "@touchstone/shared/card-api.ts";
import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import { type CardState, firstState, withAnswer } from "./card-state.ts";
import { type LastAnswer, pollDelayMs } from "./poll-delay.ts";

export interface AccountViewSource {
  readonly card: CardState;
  /** A person asked for news and the answer is on its way. */
  readonly refreshing: boolean;
  /** Nothing moved for so long that the card no longer asks by itself. */
  readonly resting: boolean;
  refresh(): void;
}

/** Reads the account now and keeps it fresh: asks again after each answer, faster while a change is on its way. */
export function useAccountView(companyId: string, client: ApiClient): AccountViewSource {
  const [{ card }, dispatch] = useReducer(withAnswer, firstState);
  const [refreshing, setRefreshing] = useState(false);
  const [resting, setResting] = useState(false);
  const askNow = useRef<() => void>(() => undefined);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let newest = 0;
    let movedAt = Date.now();
    let seen = "";

    const ask = async (): Promise<void> => {
      newest += 1;
      const request = newest;
      const result = await client.getAccount(companyId);
      dispatch({ request, result });
      // A newer request is on its way, or the card is gone: it is not for this answer to plan the next one.
      if (request !== newest) return;
      setRefreshing(false);
      const mark = markOf(result);
      if (mark !== seen) movedAt = Date.now();
      seen = mark;
      const delay = pollDelayMs(kindOf(result), Date.now() - movedAt);
      setResting(delay === null);
      if (delay !== null) timer = setTimeout(() => void ask(), delay);
    };
    askNow.current = () => {
      clearTimeout(timer);
      movedAt = Date.now();
      void ask();
    };
    askNow.current();
    return () => {
      clearTimeout(timer);
      newest = Number.POSITIVE_INFINITY;
    };
  }, [companyId, client]);

  const refresh = useCallback(() => {
    setRefreshing(true);
    askNow.current();
  }, []);
  return { card, refreshing, resting, refresh };
}

const kindOf = (result: ApiResult<AccountView>): LastAnswer => {
  if (!result.ok) return "failed";
  return result.value.pending ? "pending" : "settled";
};

/** Two answers with the same mark tell a reader the same; the time is only that of the newest scoring. */
const markOf = (result: ApiResult<AccountView>): string =>
  result.ok ? [result.value.scoredAt, result.value.headline, result.value.pending].join("|") : "failed";
