import { useEffect, useMemo, useRef } from "react";
import { type LiveAnswer, useLiveAnswer } from "./use-live-answer.ts";
import type { Server } from "./use-server.ts";

/** One panel's own request; asked again when `stamp` says that there is news. */
export function usePanel<T>(server: Server, path: string, stamp: PanelProps["stamp"]): LiveAnswer<T> {
  const ask = useMemo(() => () => server.read<T>(path, "companyId"), [server, path]);
  const source = useLiveAnswer(ask);
  const { refresh } = source;
  const seen = useRef(stamp);
  useEffect(() => {
    if (seen.current !== stamp) refresh();
    seen.current = stamp;
  }, [stamp, refresh]);
  return source;
}

/** What every panel of a company's card is given. */
export interface PanelProps {
  readonly companyId: string;
  readonly server: Server;
  /** Another one: the account was scored again, its clock changed, or somebody pressed Refresh or changed something. */
  readonly stamp: string | number | null;
  /** Somebody changed something: the account and all that is shown of it are asked for again, also where the card rests. */
  changed(): void;
}
