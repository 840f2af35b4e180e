import type { ApiResult } from "@touchstone/shared/ask-api.ts";
import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import {
  type AnsweredState,
  type CardState,
  firstState,
  isDenied,
  type NumberedAnswer,
  withAnswer,
} from "./card-state.ts";
import { type LastAnswer, pollDelayMs } from "./poll-delay.ts";

export interface LiveAnswer<T> {
  readonly card: CardState<T>;
  /** A person asked for news and the answer is on its way. */
  readonly refreshing: boolean;
  /** Nothing moved for so long that the card no longer asks by itself. */
  readonly resting: boolean;
  refresh(): void;
}

/** What of an answer tells whether there is news in it: two with the same mark tell a reader the same. */
export interface Pulse {
  readonly mark: string;
  /** A change is on its way. */
  readonly pending: boolean;
}

/**
 * Asks now and keeps the answer fresh: asks again after each one, faster while a change is on its way. Without a pulse it asks
 * again only when `ask` is another, when somebody wants it, and after a failure. Who was
 * denied is denied again: that is asked again only when somebody wants it.
 */
export function useLiveAnswer<T>(
  ask: () => Promise<ApiResult<T>>,
  pulseOf: ((answer: T) => Pulse) | null = null,
): LiveAnswer<T> {
  const [{ card }, dispatch] = useReducer<(state: AnsweredState<T>, answer: NumberedAnswer<T>) => AnsweredState<T>>(
    withAnswer,
    firstState,
  );
  const [refreshing, setRefreshing] = useState(false);
  const [resting, setResting] = useState(false);
  const askNow = useRef<() => void>(() => undefined);
  const newest = useRef(0);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    let movedAt = Date.now();
    let seen = "";

    const askOnce = async (): Promise<void> => {
      newest.current += 1;
      const request = newest.current;
      const result = await ask();
      if (gone) return;
      dispatch({ request, result });
      // A newer request is on its way: it is not for this answer to plan the next one.
      if (request !== newest.current) return;
      setRefreshing(false);
      if (result.ok ? pulseOf === null : isDenied(result)) {
        setResting(!result.ok);
        return;
      }
      const pulse = result.ok && pulseOf !== null ? pulseOf(result.value) : null;
      const mark = pulse?.mark ?? "failed";
      if (mark !== seen) movedAt = Date.now();
      seen = mark;
      const delay = pollDelayMs(kindOf(pulse), Date.now() - movedAt);
      setResting(delay === null);
      if (delay !== null) timer = setTimeout(() => void askOnce(), delay);
    };
    askNow.current = () => {
      clearTimeout(timer);
      movedAt = Date.now();
      void askOnce();
    };
    askNow.current();
    return () => {
      clearTimeout(timer);
      gone = true;
    };
  }, [ask, pulseOf]);

  const refresh = useCallback(() => {
    setRefreshing(true);
    askNow.current();
  }, []);
  return { card, refreshing, resting, refresh };
}

const kindOf = (pulse: Pulse | null): LastAnswer => {
  if (pulse === null) return "failed";
  return pulse.pending ? "pending" : "settled";
};
