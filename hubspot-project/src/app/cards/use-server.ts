import { hubspot, useExtensionContext } from "@hubspot/ui-extensions";
import { type ApiResult, askApi, isRecord } from "@touchstone/shared/ask-api.ts";
import { createReaderFormat, type ReaderFormat } from "@touchstone/shared/reader-format.ts";
import { useMemo } from "react";

type RecordLocation = "crm.record.tab" | "crm.record.sidebar";

/** Our server as one open record asks it. */
export interface Server {
  read<T>(path: string, proof: string): Promise<ApiResult<T>>;
  write<T>(path: string, proof: string, body: Record<string, unknown>): Promise<ApiResult<T>>;
}

export interface RecordSurroundings {
  /** Null: the app was uploaded without the address of its server. */
  readonly server: Server | null;
  /** Id of the record that is open. */
  readonly recordId: string;
  readonly format: ReaderFormat;
}

/** What every card on a record needs: the record, the server, and how the reader sees times and numbers. */
export function useServer(): RecordSurroundings {
  const { crm, variables, user, portal } = useExtensionContext<RecordLocation>();
  const origin = variables?.apiOrigin;
  const server = useMemo(() => (typeof origin === "string" ? createServer(origin) : null), [origin]);
  const format = useMemo(
    () => createReaderFormat({ locale: user.locale, timeZone: portal.timezone }),
    [user.locale, portal.timezone],
  );
  return { server, recordId: String(crm.objectId), format };
}

/**
 * `proof` names a field that only the right answer has: the server tests its own shapes, and a full check at run time costs a
 * card 90 KB (codebases.md §5).
 */
function createServer(origin: string): Server {
  const isAnswer =
    <T>(proof: string) =>
    (body: unknown): body is T =>
      isRecord(body) && proof in body;
  return {
    read: (path, proof) => askApi(hubspot.fetch, { url: origin + path, method: "GET" }, isAnswer(proof)),
    write: (path, proof, body) => askApi(hubspot.fetch, { url: origin + path, method: "POST", body }, isAnswer(proof)),
  };
}
