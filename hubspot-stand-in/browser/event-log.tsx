import { useEffect, useState } from "react";
import type { LogEntry } from "./use-played-events.ts";

/** Longer than any change should take; then the log says that none came. */
const PATIENCE_MS = 60_000;

export function EventLog({ entries }: { entries: readonly LogEntry[] }) {
  const waiting = entries.some((entry) => !entry.failed && (entry.cardMs === null || entry.propertiesMs === null));
  const now = useClock(waiting);
  return (
    <section className="box" aria-live="polite">
      <h2>What happened</h2>
      {entries.length === 0 ? <p className="small">Nothing yet: press a button below.</p> : null}
      <ol className="log">
        {entries.map((entry) => (
          <li key={entry.id}>
            <b>{entry.label}</b>
            <span>{entry.summary ?? "…"}</span>
            {entry.failed ? null : (
              <>
                <span className="log-time">Card: {sinceText(entry.cardMs, now - entry.startedAt)}</span>
                <span className="log-time">CRM properties: {sinceText(entry.propertiesMs, now - entry.startedAt)}</span>
              </>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function sinceText(changedMs: number | null, waitedMs: number): string {
  if (changedMs !== null) return `changed after ${(changedMs / 1000).toFixed(1)} s`;
  return waitedMs > PATIENCE_MS ? "no change" : "no change yet";
}

function useClock(running: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}
