import {
  Alert,
  ButtonRow,
  Flex,
  Heading,
  List,
  LoadingButton,
  Panel,
  PanelBody,
  PanelSection,
  Text,
  TextArea,
  useExtensionActions,
} from "@hubspot/ui-extensions";
import type { PlayMove } from "@touchstone/shared/home-client.ts";
import type { PlayStatus, PlayView } from "@touchstone/shared/plays-api.ts";
import { proportionText } from "@touchstone/shared/proportion-text.ts";
import { useState } from "react";
import { useClient } from "./client-context.ts";
import { useWrite } from "./use-write.ts";

interface MoveOffer {
  readonly move: PlayMove;
  readonly label: string;
  readonly variant: "primary" | "secondary" | "destructive";
  readonly done: string;
}

const offers: Readonly<Record<PlayStatus, readonly MoveOffer[]>> = {
  draft: [
    { move: "launch", label: "Launch", variant: "primary", done: "is launched" },
    { move: "approve", label: "Sales approves the messages", variant: "secondary", done: "is approved" },
  ],
  approved: [{ move: "launch", label: "Launch", variant: "primary", done: "is launched" }],
  running: [
    { move: "retire", label: "Retire", variant: "destructive", done: "is retired" },
    { move: "pause", label: "Pause", variant: "secondary", done: "is paused" },
  ],
  paused: [
    { move: "resume", label: "Go on", variant: "primary", done: "goes on" },
    { move: "retire", label: "Retire", variant: "secondary", done: "is retired" },
  ],
  retired: [],
};

interface PlayPanelProps {
  readonly play: PlayView;
  refresh(): void;
}

/** One play: what it brought, what still stands against its launch, and what can be done with it. */
export function PlayPanel({ play, refresh }: PlayPanelProps) {
  const { results } = play;
  return (
    <Panel id={panelId(play)} title={play.play.name} width="md">
      <PanelBody>
        <PanelSection>
          <Flex direction="column" gap="md">
            {play.suggestion === null ? null : (
              <Alert title="Retire suggested" variant="warning">
                {play.suggestion.text} {play.suggestion.instead.join(". ")}.
              </Alert>
            )}
            <Text>{`${play.tierLabel} · accounts: ${results.enrolled} · touches: ${results.stepsDone} done, ${results.stepsDue} to do`}</Text>
            <Text>{`Engaged: ${proportionText(results.engaged)}`}</Text>
            <Text>{`Handed over to sales: ${proportionText(results.handedOver)}`}</Text>
            <Checks play={play} />
            <Moves play={play} refresh={refresh} />
            <Steps play={play} />
          </Flex>
        </PanelSection>
      </PanelBody>
    </Panel>
  );
}

const panelId = (play: PlayView) => `play-${play.playId}`;

function Checks({ play }: { play: PlayView }) {
  if (play.checks.length === 0) return null;
  return (
    <Flex direction="column" gap="xs">
      <Heading>Before it may go out</Heading>
      <List variant="unordered-styled">
        {play.checks.map((check) => (
          <Text key={check.key}>{`${check.passed ? "Yes" : "Not yet"}: ${check.text}`}</Text>
        ))}
      </List>
    </Flex>
  );
}

/** The server decides; what it refuses is said here in its words. */
function Moves({ play, refresh }: PlayPanelProps) {
  const client = useClient();
  const { closeOverlay } = useExtensionActions<"pages">();
  const { busy, refusal, send } = useWrite();
  const [typed, setTyped] = useState("");
  const overrideReason = typed.trim();
  const canOverride = play.checks.some((check) => !check.passed && check.overridable);
  const go = async ({ move, done }: MoveOffer) => {
    const body = move === "launch" && overrideReason !== "" ? { overrideReason } : {};
    if ((await send(move, () => client.movePlay(play.playId, move, body), `${play.play.name} ${done}.`)) === null)
      return;
    closeOverlay(panelId(play));
    refresh();
  };
  return (
    <Flex direction="column" gap="sm">
      {refusal === null ? null : (
        <Alert title="Not done" variant="danger">
          {refusal}
        </Alert>
      )}
      {canOverride ? (
        <TextArea
          label="Why it goes out all the same"
          name="overrideReason"
          value={typed}
          maxLength={500}
          description="Only the rule of one play a tier and month can be set aside; the reason is kept with the play."
          onInput={setTyped}
        />
      ) : null}
      <ButtonRow>
        {offers[play.status].map((offer) => (
          <LoadingButton
            key={offer.move}
            variant={offer.variant}
            loading={busy === offer.move}
            disabled={busy !== null}
            onClick={() => void go(offer)}
          >
            {offer.label}
          </LoadingButton>
        ))}
      </ButtonRow>
    </Flex>
  );
}

const Steps = ({ play }: { play: PlayView }) => (
  <Flex direction="column" gap="xs">
    <Heading>Steps</Heading>
    <List variant="unordered-styled">
      {play.play.steps.map((step) => (
        <Text
          key={`${step.day} ${step.what}`}
        >{`Day ${step.day}, ${step.channel.replaceAll("_", " ")}, ${step.side}: ${step.what}`}</Text>
      ))}
    </List>
  </Flex>
);
