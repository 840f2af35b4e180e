import { Button, ButtonRow, Text, TextArea, useExtensionActions } from "@hubspot/ui-extensions";
import { FormModal } from "@touchstone/screens/form-modal.tsx";
import { useWrite } from "@touchstone/screens/use-write.ts";
import type { PlayMove } from "@touchstone/shared/home-client.ts";
import type { PlayStatus, PlayView } from "@touchstone/shared/plays-api.ts";
import { useState } from "react";
import { useClient } from "./client-context.ts";

interface MoveOffer {
  readonly move: PlayMove;
  readonly label: string;
  readonly done: string;
  /** What will happen, said before it does. */
  readonly says: string;
}

const launch: MoveOffer = {
  move: "launch",
  label: "Launch",
  done: "is launched",
  says: "Its steps become HubSpot tasks of the owners of its accounts, each on its day, for accounts added later too.",
};
const approve: MoveOffer = {
  move: "approve",
  label: "Sales approves the messages",
  done: "is approved",
  says: "It is kept with your name and the time that sales has read the messages as they are now.",
};
const pause: MoveOffer = {
  move: "pause",
  label: "Pause",
  done: "is paused",
  says: "Nothing more is asked of anybody for this play until it goes on.",
};
const resume: MoveOffer = {
  move: "resume",
  label: "Go on",
  done: "goes on",
  says: "Its steps are asked for again, on the days that they had.",
};
const retire: MoveOffer = {
  move: "retire",
  label: "Retire",
  done: "is retired",
  says: "This is final: a retired play does not start again, no account comes in any more, and no step is asked for.",
};

const offers: Readonly<Record<PlayStatus, readonly MoveOffer[]>> = {
  draft: [launch, approve],
  approved: [launch],
  running: [pause, retire],
  paused: [resume, retire],
  retired: [],
};

interface PlayMovesProps {
  readonly play: PlayView;
  refresh(): void;
}

export const panelId = (play: PlayView): string => `play-${play.playId}`;

export const PlayMoves = ({ play, refresh }: PlayMovesProps) => (
  <ButtonRow>
    {offers[play.status].map((offer, place) => (
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
function MoveModal({ play, offer, refresh }: PlayMovesProps & { readonly offer: MoveOffer }) {
  const client = useClient();
  const { closeOverlay } = useExtensionActions<"pages">();
  const write = useWrite();
  const [typed, setTyped] = useState("");
  const { move, label, done, says } = offer;
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
      yes={move === "approve" ? "Approve" : label}
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
          description="Only the rule of one play a tier and month can be set aside; the reason is kept with the play."
          onInput={setTyped}
        />
      ) : null}
    </FormModal>
  );
}
