import { useExtensionActions } from "@hubspot/ui-extensions";
import { useState } from "react";
import type { Server } from "./use-server.ts";

export interface Writing {
  readonly writing: boolean;
  /** Says `confirmed` to the reader when it is done, else why not. `proof`: see `Server`. */
  write(path: string, body: Record<string, unknown>, confirmed: string, proof?: string): Promise<boolean>;
}

/** Said when no server of ours has answered: it may have been done all the same, and every write may be repeated. */
const again = "Press again: what you entered is still here, and the same twice counts once.";

/** Sends what a person changed, once at a time, and tells them how it went (hubspot-project.md §6.3). */
export function useWrite(server: Server): Writing {
  const { addAlert } = useExtensionActions<"crm.record.tab">();
  const [writing, setWriting] = useState(false);
  const write: Writing["write"] = async (path, body, confirmed, proof = "companyId") => {
    setWriting(true);
    const result = await server.write(path, proof, body);
    setWriting(false);
    if (result.ok) addAlert({ type: "success", message: confirmed });
    else addAlert({ type: "danger", message: wordsOf(result) });
    return result.ok;
  };
  return { writing, write };
}

/** A refusal says itself that nothing was changed. */
const wordsOf = ({ status, message }: { readonly status: number | null; readonly message: string }): string =>
  status === null || status >= 500 ? `${message} ${again}` : message;
