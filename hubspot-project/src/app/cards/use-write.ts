import { useExtensionActions } from "@hubspot/ui-extensions";
import { useState } from "react";
import type { Server } from "./use-server.ts";

export interface Writing {
  readonly writing: boolean;
  /** Says `confirmed` to the reader when it is done, else why not. */
  write(path: string, body: Record<string, unknown>, confirmed: string): Promise<boolean>;
}

/** Sends what a person changed, once at a time, and tells them how it went (hubspot-project.md §6.3). */
export function useWrite(server: Server, proof = "companyId"): Writing {
  const { addAlert } = useExtensionActions<"crm.record.tab">();
  const [writing, setWriting] = useState(false);
  const write: Writing["write"] = async (path, body, confirmed) => {
    setWriting(true);
    const result = await server.write(path, proof, body);
    setWriting(false);
    addAlert(result.ok ? { type: "success", message: confirmed } : { type: "danger", message: result.message });
    return result.ok;
  };
  return { writing, write };
}
