import { LoadingButton } from "@hubspot/ui-extensions";
import { cardApi, type PortalStatusView } from "@touchstone/shared/card-api.ts";
import { SaveRow } from "./save-row.tsx";
import { usePost } from "./use-post.ts";

/** Starts the comparison that runs every night; one that is under way goes on. */
export function CompareNow({ refresh }: { refresh(): void }) {
  const write = usePost();
  const compare = async () => {
    const done = await write.post<PortalStatusView>(
      cardApi.reconcilePortal.path(),
      {},
      "reconcile",
      "HubSpot is being compared, or was within the last minute. Read this again in a moment.",
    );
    if (done !== null) refresh();
  };
  return (
    <SaveRow write={write} label="Compare with HubSpot now" primary save={compare}>
      <LoadingButton variant="secondary" onClick={refresh}>
        Read again
      </LoadingButton>
    </SaveRow>
  );
}
