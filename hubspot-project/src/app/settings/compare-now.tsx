import { ButtonRow, Flex, LoadingButton } from "@hubspot/ui-extensions";
import { Refused } from "@touchstone/screens/refused.tsx";
import { useWrite } from "@touchstone/screens/use-write.ts";
import { cardApi, type PortalStatusView } from "@touchstone/shared/card-api.ts";
import { useSettings } from "./settings-context.ts";

/** Starts the comparison that runs every night; one that is under way goes on. */
export function CompareNow({ refresh }: { refresh(): void }) {
  const { ask, access } = useSettings();
  const write = useWrite();
  const compare = async () => {
    const { method, path } = cardApi.reconcilePortal;
    const done = await write.send(
      () => ask<PortalStatusView>({ method, path: path(), body: {}, field: "reconcile" }),
      "HubSpot is being compared, or was within the last minute. Read this again in a moment.",
    );
    if (done !== null) refresh();
  };
  return (
    <Flex direction="column" gap="sm">
      <Refused write={write} />
      <ButtonRow>
        <LoadingButton
          variant="primary"
          loading={write.busy}
          disabled={!access.mayChange}
          onClick={() => void compare()}
        >
          Compare with HubSpot now
        </LoadingButton>
        <LoadingButton variant="secondary" onClick={refresh}>
          Read again
        </LoadingButton>
      </ButtonRow>
    </Flex>
  );
}
