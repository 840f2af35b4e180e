import { Button, ButtonRow, Text, TextArea, useExtensionActions } from "@hubspot/ui-extensions";
import { FormModal } from "@touchstone/screens/form-modal.tsx";
import { useWrite } from "@touchstone/screens/use-write.ts";
import type { PlayMoveOffer, PlayView } from "@touchstone/shared/plays-api.ts";
import { useState } from "react";
import { useClient } from "./client-context.ts";

interface PlayMovesProps {
  readonly play: PlayView;
  refresh(): void;
}

export const panelId = (play: PlayView): string => `play-${play.playId}`;

export const PlayMoves = ({ play, refresh }: PlayMovesProps) => (
  <ButtonRow>
    {play.moves.map((offer, place) => (
      <Button
        key={offer.move}
        variant={place === 0 ? "primary" : "secondary"}
        overlay={<MoveModal play={play} offer={offer} refresh={refresh} />}
      >
        {offer.label}
      </Button>
    ))}
  </ButtonRow>
);

/** The server decides; what it refuses is said here in its words. */
function MoveModal({ play, offer, refresh }: PlayMovesProps & { readonly offer: PlayMoveOffer }) {
  const client = useClient();
  const { closeOverlay } = useExtensionActions<"pages">();
  const write = useWrite();
  const [typed, setTyped] = useState("");
  const { move, label, yes, done, says } = offer;
  const { name } = play.play;
  const overrideReason = typed.trim();
  const asksReason = move === "launch" && play.checks.some((check) => !check.passed && check.overridable);
  const submit = async () => {
    const body = asksReason && overrideReason !== "" ? { overrideReason } : {};
    if ((await write.send(() => client.movePlay(play.playId, move, body), `${name} ${done}.`)) === null) return false;
    closeOverlay(panelId(play));
    refresh();
    return true;
  };
  return (
    <FormModal
      id={`${move}-${play.playId}`}
      title={`${name}: ${label.toLowerCase()}?`}
      yes={yes}
      destructive={move === "retire"}
      write={write}
      submit={submit}
    >
      <Text>{says}</Text>
      {asksReason ? (
        <TextArea
          label="Why it goes out all the same"
          name="overrideReason"
          value={typed}
          maxLength={500}
          description="Sets aside the rule of one play a tier and month, nothing else. It is kept with the play."
          onInput={setTyped}
        />
      ) : null}
    </FormModal>
  );
}
