import { useCallback, useEffect, useState } from "react";
import type { PageRecord } from "../record-page/page-data.ts";
import { readCompany } from "./stand-in-calls.ts";

const READ_EVERY_MS = 1_000;

export interface Company {
  readonly record: PageRecord | null;
  /** It was there and is no longer: deleted, or merged into another. */
  readonly gone: boolean;
  /** What the app wrote into it, by name. */
  readonly writtenProperties: readonly [string, string | null][];
  /** The same as one text, to see when it changes; null before the first reading. */
  readonly written: string | null;
  refresh(): void;
}

/** The record as the portal has it now, read again every second. */
export function useCompany(portalId: number, companyId: string, propertyPrefix: string): Company {
  const [record, setRecord] = useState<PageRecord | null>(null);
  const [gone, setGone] = useState(false);

  const refresh = useCallback(() => {
    readCompany(portalId, companyId).then(
      (read) => {
        setRecord(read);
        setGone(false);
      },
      () => setGone(true),
    );
  }, [portalId, companyId]);

  useEffect(() => {
    refresh();
    const timer = setInterval(refresh, READ_EVERY_MS);
    return () => clearInterval(timer);
  }, [refresh]);

  const writtenProperties = record === null ? [] : propertiesOf(record, propertyPrefix);
  const written = record === null ? null : JSON.stringify(writtenProperties);
  return { record, gone, writtenProperties, written, refresh };
}

const propertiesOf = (record: PageRecord, prefix: string): [string, string | null][] =>
  Object.entries(record.properties)
    .filter(([name]) => name.startsWith(prefix))
    .sort(([one], [other]) => one.localeCompare(other));
