import { ButtonRow, EmptyState, Text } from "@hubspot/ui-extensions";
import { ConfirmButton } from "@touchstone/screens/confirm-button.tsx";
import { Lines } from "@touchstone/screens/lines.tsx";
import { Part } from "@touchstone/screens/part.tsx";
import { cardApi, type DisconnectView } from "@touchstone/shared/card-api.ts";
import type { SettingsHealthView } from "@touchstone/shared/settings-api.ts";
import { useState } from "react";
import { useSettings } from "./settings-context.ts";
import { usePost } from "./use-post.ts";

/** Takes the app out of this portal and deletes what we hold of it, after saying what is lost and what stays. */
export function Disconnect({ leaving }: Pick<SettingsHealthView, "leaving">) {
  const { access } = useSettings();
  const write = usePost();
  const [gone, setGone] = useState<string>();
  const disconnect = async () => {
    const done = await write.post<DisconnectView>(cardApi.disconnectPortal.path(), {}, "disconnected", "");
    setGone(done?.disconnected);
    return done !== null;
  };
  if (gone) return <EmptyState title="Touchstone is disconnected">{gone}</EmptyState>;
  return (
    <Part title="Disconnect" text="Takes Touchstone out of this portal and deletes what it holds of it.">
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
    </Part>
  );
}
