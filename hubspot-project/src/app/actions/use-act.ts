import { useWrite, type Write } from "@touchstone/screens/use-write.ts";
import type { BulkView } from "@touchstone/shared/bulk-api.ts";
import { useState } from "react";
import type { ActPaths, BulkServer } from "./bulk-server.ts";

type Stage =
  | { readonly step: "form" }
  | { readonly step: "preview"; readonly view: BulkView; readonly body: object }
  | { readonly step: "done"; readonly view: BulkView };

export interface Act {
  readonly stage: Stage;
  readonly write: Write;
  /** Asks what would become of the companies. */
  look(wish: object): Promise<void>;
  /** Does what was looked at. */
  confirm(): Promise<void>;
  /** Back to the form. */
  again(): void;
}

/** One act on chosen companies: filled in, looked at, done. What was refused as a whole stays where it was, with the reason. */
export function useAct(server: BulkServer, companyIds: readonly string[], paths: ActPaths): Act {
  const write = useWrite();
  const [stage, setStage] = useState<Stage>({ step: "form" });
  const look = async (wish: object) => {
    const body = { companyIds, ...wish };
    const view = await write.send(() => server.send(paths.preview, body), "");
    if (view !== null) setStage({ step: "preview", view, body });
  };
  const confirm = async () => {
    if (stage.step !== "preview") return;
    const view = await write.send(() => server.send(paths.act, { ...stage.body, since: stage.view.at }), "");
    if (view !== null) setStage({ step: "done", view });
  };
  return { stage, write, look, confirm, again: () => setStage({ step: "form" }) };
}
