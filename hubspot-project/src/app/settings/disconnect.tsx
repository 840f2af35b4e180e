import { ButtonRow, EmptyState, Flex, Heading, Text } from "@hubspot/ui-extensions";
import { ConfirmButton } from "@touchstone/screens/confirm-button.tsx";
import { Lines } from "@touchstone/screens/lines.tsx";
import { useWrite } from "@touchstone/screens/use-write.ts";
import { cardApi } from "@touchstone/shared/card-api.ts";
import type { SettingsHealthView } from "@touchstone/shared/settings-api.ts";
import { useState } from "react";
import { useSettings } from "./settings-context.ts";

/** Takes the app out of this HubSpot account and deletes what we hold of it, after saying what is lost and what stays. */
export function Disconnect({ leaving }: Pick<SettingsHealthView, "leaving">) {
  const { ask, access } = useSettings();
  const write = useWrite();
  const [gone, setGone] = useState(false);
  const disconnect = async () => {
    const { method, path } = cardApi.disconnectPortal;
    const done = await write.send(
      () => ask({ method, path: path(), body: {}, field: "disconnected" }),
      "Touchstone is disconnected. Its data of this account is being deleted.",
    );
    setGone(done !== null);
    return done !== null;
  };
  if (gone) return <EmptyState title="Touchstone is disconnected">Install it again to begin anew.</EmptyState>;
  return (
    <Flex direction="column" gap="sm">
      <Heading>Disconnect</Heading>
      <Text>Takes Touchstone out of this HubSpot account and deletes what it holds of it.</Text>
      <ButtonRow>
        <ConfirmButton
          id="disconnect"
          label="Disconnect and delete data"
          title="Disconnect Touchstone and delete its data?"
          yes="Disconnect and delete"
          destructive
          disabled={!access.mayChange}
          write={write}
          confirm={disconnect}
        >
          <Text format={{ fontWeight: "bold" }}>Lost for ever</Text>
          <Lines lines={leaving.lost} most={20} />
          <Text format={{ fontWeight: "bold" }}>Stays in HubSpot</Text>
          <Lines lines={leaving.kept} most={20} />
        </ConfirmButton>
      </ButtonRow>
    </Flex>
  );
}
