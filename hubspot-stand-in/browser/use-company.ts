import { useCallback, useEffect, useState } from "react";
import type { PageRecord } from "../record-page/record-page-options.ts";
import { readCompany } from "./stand-in-calls.ts";

const READ_EVERY_MS = 1_000;

export interface Company {
  readonly record: PageRecord | null;
  /** It was there and is no longer: deleted, or merged into another. */
  readonly gone: boolean;
  /** The app's own properties as one text, to see when they change; null before the first reading. */
  readonly written: string | null;
  refresh(): void;
}

/** The record as the portal has it now, read again every second. */
export function useCompany(portalId: number, companyId: string): Company {
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

  return { record, gone, written: record === null ? null : JSON.stringify(appProperties(record)), refresh };
}

/** Properties of the installed app have its name in front. */
export const appProperties = (record: PageRecord): [string, string | null][] =>
  Object.entries(record.properties)
    .filter(([name]) => name.startsWith("touchstone_"))
    .sort(([one], [other]) => one.localeCompare(other));
