import { Alert, Flex, Heading, List, Panel, PanelBody, PanelSection, Text } from "@hubspot/ui-extensions";
import { useWrite } from "@touchstone/screens/use-write.ts";
import type { PlayView } from "@touchstone/shared/plays-api.ts";
import { proportionText } from "@touchstone/shared/proportion-text.ts";
import { AddAccounts } from "./add-accounts.tsx";
import { PlayMoves, panelId } from "./play-moves.tsx";
import { Writes } from "./writes.tsx";

interface PlayPanelProps {
  readonly play: PlayView;
  refresh(): void;
}

/** One play: what it brought, what still stands against its launch, and what can be done with it. */
export function PlayPanel({ play, refresh }: PlayPanelProps) {
  const { results } = play;
  const write = useWrite();
  return (
    <Panel id={panelId(play)} title={play.play.name} width="md" onClose={write.forget}>
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
            <Writes>
              <PlayMoves play={play} refresh={refresh} />
            </Writes>
            <Steps play={play} />
            <Writes>
              {play.status === "retired" ? null : <AddAccounts play={play} write={write} refresh={refresh} />}
            </Writes>
          </Flex>
        </PanelSection>
      </PanelBody>
    </Panel>
  );
}

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
