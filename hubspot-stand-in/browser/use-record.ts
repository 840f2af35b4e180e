import { useCallback, useEffect, useState } from "react";
import type { LinkedPageRecord, RecordPageData } from "../record-page/page-data.ts";
import { readRecord } from "./stand-in-calls.ts";

const READ_EVERY_MS = 1_000;

export interface OpenRecord {
  readonly record: LinkedPageRecord | null;
  /** It was there and is no longer: deleted, or merged into another. */
  readonly gone: boolean;
  /** What the app wrote into it, by name. */
  readonly writtenProperties: readonly [string, string | null][];
  /** The same as one text, to see when it changes; null before the first reading. */
  readonly written: string | null;
  refresh(): void;
}

/** The record as the portal has it now, read again every second. */
export function useRecord({ portal, record: { typeId, id }, app }: RecordPageData): OpenRecord {
  const { portalId } = portal;
  const [record, setRecord] = useState<LinkedPageRecord | null>(null);
  const [gone, setGone] = useState(false);

  const refresh = useCallback(() => {
    readRecord(portalId, typeId, id).then(
      (read) => {
        setRecord(read);
        setGone(false);
      },
      () => setGone(true),
    );
  }, [portalId, typeId, id]);

  useEffect(() => {
    refresh();
    const timer = setInterval(refresh, READ_EVERY_MS);
    return () => clearInterval(timer);
  }, [refresh]);

  const writtenProperties = record === null ? [] : propertiesOf(record, app.propertyPrefix);
  const written = record === null ? null : JSON.stringify(writtenProperties);
  return { record, gone, writtenProperties, written, refresh };
}

const propertiesOf = (record: LinkedPageRecord, prefix: string): [string, string | null][] =>
  Object.entries(record.properties)
    .filter(([name]) => name.startsWith(prefix))
    .sort(([one], [other]) => one.localeCompare(other));
