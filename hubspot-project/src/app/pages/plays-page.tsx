import { Alert, Button, ButtonRow, Flex, Heading, Tag, Text } from "@hubspot/ui-extensions";
import { Answered } from "@touchstone/screens/answered.tsx";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import { RefreshRow } from "@touchstone/screens/refresh-row.tsx";
import { type AnswerSource, useAnswer } from "@touchstone/screens/use-answer.ts";
import type { PlayStatus, PlaysView, PlayView } from "@touchstone/shared/plays-api.ts";
import { proportionText } from "@touchstone/shared/proportion-text.ts";
import { useClient } from "./client-context.ts";
import { DraftModal } from "./draft-modal.tsx";
import { Nothing } from "./nothing.tsx";
import { PlayPanel } from "./play-panel.tsx";
import { Writes } from "./writes.tsx";

/** Drafts, what runs, what should end (market.md rows 93 to 97). */
export function PlaysPage() {
  const source = useAnswer(useClient().getPlays);
  return (
    <Answered source={source} what="the plays">
      {(view) => <Plays view={view} source={source} />}
    </Answered>
  );
}

const noPlay = {
  title: "No play is made yet",
  text: "A draft begins with a calendar, and asks nothing of anybody until it is launched.",
};

const groups: readonly { title: string; holds: readonly PlayStatus[] }[] = [
  { title: "Running", holds: ["running"] },
  { title: "Drafts", holds: ["draft", "approved"] },
  { title: "Paused", holds: ["paused"] },
  { title: "Retired", holds: ["retired"] },
];

function Plays({ view, source }: { view: PlaysView; source: AnswerSource<PlaysView> }) {
  const { refresh } = source;
  return (
    <Flex direction="column" gap="lg">
      {view.plays.flatMap(({ playId, play, suggestion }) =>
        suggestion === null ? (
          []
        ) : (
          <Alert key={playId} title={play.name} variant="warning">
            {suggestion.text} {suggestion.instead.join(". ")}.
          </Alert>
        ),
      )}
      <Writes>
        <ButtonRow>
          <Button variant="primary" overlay={<DraftModal refresh={refresh} />}>
            New draft
          </Button>
        </ButtonRow>
      </Writes>
      {view.plays.length === 0 ? <Nothing text={noPlay} /> : null}
      {groups.map(({ title, holds }) => {
        const plays = view.plays.filter((play) => holds.includes(play.status));
        if (plays.length === 0) return null;
        return (
          <Flex key={title} direction="column" gap="xs">
            <Heading>{`${title}: ${plays.length}`}</Heading>
            <PlayTable plays={plays} refresh={refresh} />
          </Flex>
        );
      })}
      <Text variant="microcopy">{view.note}</Text>
      <RefreshRow source={source} />
    </Flex>
  );
}

function PlayTable({ plays, refresh }: { plays: readonly PlayView[]; refresh(): void }) {
  return (
    <PlainTable
      columns={["Play", "Accounts", "Engaged", "Touches", ""]}
      rows={plays.map((play) => ({
        key: play.playId,
        cells: [
          <Flex key="name" direction="column" gap="flush" align="start">
            <Text format={{ fontWeight: "demibold" }}>{play.play.name}</Text>
            <Text variant="microcopy">{play.tierLabel}</Text>
            {play.status === "approved" ? <Tag variant="success">Approved</Tag> : null}
            {play.suggestion === null ? null : <Tag variant="warning">Retire suggested</Tag>}
          </Flex>,
          play.results.enrolled,
          proportionText(play.results.engaged),
          `${play.results.stepsDone} done, ${play.results.stepsDue} to do`,
          <Button key="open" variant="secondary" size="xs" overlay={<PlayPanel play={play} refresh={refresh} />}>
            Open
          </Button>,
        ],
      }))}
    />
  );
}
