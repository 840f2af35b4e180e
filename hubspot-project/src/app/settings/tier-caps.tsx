import { AutoGrid, ButtonRow, NumberInput, Text } from "@hubspot/ui-extensions";
import { ConfirmButton } from "@touchstone/screens/confirm-button.tsx";
import { Part } from "@touchstone/screens/part.tsx";
import {
  type PublishedTiersView,
  type PublishTiersRequest,
  type TiersView,
  tiersApi,
} from "@touchstone/shared/tiers-api.ts";
import { useState } from "react";
import { useSettings } from "./settings-context.ts";
import { useUnsaved } from "./unsaved.ts";
import { usePost } from "./use-post.ts";

interface TierCapsProps {
  readonly view: TiersView;
  refresh(): void;
}

/** The places of each tier; all else of a tier comes with its template. */
export function TierCaps({ view, refresh }: TierCapsProps) {
  const { access } = useSettings();
  const write = usePost();
  const [caps, setCaps] = useState<Readonly<Record<string, number>>>({});
  const { programme, version } = view;
  useUnsaved("the caps of the tiers", Object.keys(caps).length > 0);
  const publish = async () => {
    const tiers = programme.tiers.map((tier) => ({ ...tier, cap: caps[tier.key] ?? tier.cap }));
    const body: PublishTiersRequest = { programme: { ...programme, tiers }, version };
    const done = await write.post<PublishedTiersView>(
      tiersApi.publishTiers.path(),
      body,
      "readingNow",
      "The caps are saved. Places are being given anew.",
    );
    if (done !== null) refresh();
    return done !== null;
  };
  return (
    <Part title="Caps" text="Who qualifies beyond the cap waits by rank, and is named as waiting.">
      <AutoGrid columnWidth={200} gap="md">
        {programme.tiers.map(({ key, name, cap }) => {
          const value = caps[key] ?? cap;
          return (
            <NumberInput
              key={key}
              label={name}
              name={`cap-${key}`}
              description={cap === null ? "No limit now" : ""}
              min={1}
              max={100_000}
              readOnly={!access.mayChange}
              {...(value !== null && { value })}
              onInput={(next) => setCaps({ ...caps, [key]: next })}
            />
          );
        })}
      </AutoGrid>
      <ButtonRow>
        <ConfirmButton
          id="save-caps"
          label="Save the caps"
          title="Save these caps?"
          disabled={!access.mayChange || Object.keys(caps).length === 0}
          write={write}
          confirm={publish}
        >
          <Text>
            Accounts that now fit move up at once. Nobody loses a place unasked: whoever is over the cap is listed for
            somebody to say yes or no.
          </Text>
        </ConfirmButton>
      </ButtonRow>
    </Part>
  );
}
