import { useCallback, useMemo, useRef, useState } from "react";
import type { RecordPageEvent } from "../record-page/page-data.ts";
import { playEvent } from "./stand-in-calls.ts";

export interface LogEntry {
  readonly id: number;
  readonly label: string;
  readonly startedAt: number;
  /** What happened in the CRM, or what went wrong; null while it happens. */
  readonly summary: string | null;
  readonly failed: boolean;
  /** How long after the press the card, and the app's properties on the record, showed something else. */
  readonly cardMs: number | null;
  readonly propertiesMs: number | null;
}

export interface PlayedEvents {
  readonly entries: readonly LogEntry[];
  /** Key of the event that is being played. */
  readonly playing: string | null;
  /** Where this company is after an event that gave it a new id. */
  readonly movedTo: string | null;
  play(event: RecordPageEvent): void;
  cardShown(content: string): void;
  propertiesChanged(): void;
}

export function usePlayedEvents(portalId: number, companyId: string): PlayedEvents {
  const [entries, setEntries] = useState<readonly LogEntry[]>([]);
  const [playing, setPlaying] = useState<string | null>(null);
  const [movedTo, setMovedTo] = useState<string | null>(null);
  const content = useRef("");

  const change = useCallback((edit: (entry: LogEntry) => Partial<LogEntry>) => {
    setEntries((all) => all.map((entry) => ({ ...entry, ...edit(entry) })));
  }, []);

  const watchers = useMemo(
    () => ({
      cardShown(shown: string) {
        if (shown === content.current) return;
        content.current = shown;
        const now = Date.now();
        change(({ cardMs, startedAt }) => ({ cardMs: cardMs ?? now - startedAt }));
      },
      propertiesChanged() {
        const now = Date.now();
        change(({ propertiesMs, startedAt }) => ({ propertiesMs: propertiesMs ?? now - startedAt }));
      },
    }),
    [change],
  );

  const play = (event: RecordPageEvent) => {
    const startedAt = Date.now();
    const id = entries.length + 1;
    const fresh = { id, label: event.label, startedAt, summary: null, failed: false, cardMs: null, propertiesMs: null };
    setEntries((all) => [fresh, ...all]);
    setPlaying(event.key);
    const finish = (edit: Partial<LogEntry>) => {
      setPlaying(null);
      change((entry) => (entry.id === id ? edit : {}));
    };
    playEvent(portalId, event.key, companyId).then(
      ({ summary, touchedCompanies }) => {
        finish({ summary });
        const [first] = touchedCompanies;
        if (first !== undefined && !touchedCompanies.includes(companyId)) setMovedTo(first);
      },
      (error: Error) => finish({ summary: error.message, failed: true }),
    );
  };

  return { entries, playing, movedTo, play, ...watchers };
}
