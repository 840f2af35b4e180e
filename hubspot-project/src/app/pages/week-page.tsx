import { Alert, Flex, Heading, List, Statistics, StatisticsItem, Tag, Text } from "@hubspot/ui-extensions";
import { Answered } from "@touchstone/screens/answered.tsx";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import { RefreshRow } from "@touchstone/screens/refresh-row.tsx";
import { type AnswerSource, useAnswer } from "@touchstone/screens/use-answer.ts";
import type { EngagedLine, RunningPlayLine, WeekList, WeekView } from "@touchstone/shared/home-api.ts";
import type { ReactNode } from "react";
import { useClient } from "./client-context.ts";
import { CompanyLink } from "./company-link.tsx";
import { PauseTable } from "./pause-table.tsx";

/** The agenda of the weekly meeting: who engaged, what runs, what to pause (market.md row 114). */
export function WeekPage() {
  const source = useAnswer(useClient().getWeek);
  return (
    <Answered source={source} what="this week">
      {(view) => <Week view={view} source={source} />}
    </Answered>
  );
}

function Week({ view, source }: { view: WeekView; source: AnswerSource<WeekView> }) {
  return (
    <Flex direction="column" gap="lg">
      <Text variant="microcopy">{view.period}</Text>
      {view.counted === "" ? null : (
        <Alert title="Not all accounts are counted" variant="warning">
          {view.counted}
        </Alert>
      )}
      <Statistics>
        {view.figures.map((figure) => (
          <StatisticsItem key={figure.label} label={figure.label} number={figure.value}>
            <Text variant="microcopy">{figure.change}</Text>
          </StatisticsItem>
        ))}
      </Statistics>
      <Section list={view.engaged}>
        <EngagedTable lines={view.engaged.lines} />
      </Section>
      <Section list={view.running}>
        <RunningTable lines={view.running.lines} />
      </Section>
      <Section list={view.toPause}>
        <PauseTable lines={view.toPause.lines} refresh={source.refresh} />
      </Section>
      <Flex direction="column" gap="xs">
        <Heading>One play a tier and month</Heading>
        <List variant="unordered-styled">
          {view.guard.map((line) => (
            <Text key={line.tier}>{line.text}</Text>
          ))}
        </List>
      </Flex>
      <RefreshRow source={source} />
    </Flex>
  );
}

function Section({ list, children }: { list: WeekList<unknown>; children: ReactNode }) {
  return (
    <Flex direction="column" gap="xs">
      <Heading>{list.title}</Heading>
      {list.lines.length === 0 ? <Text>{list.empty}</Text> : children}
      <Text variant="microcopy">{list.definition}</Text>
    </Flex>
  );
}

function EngagedTable({ lines }: { lines: readonly EngagedLine[] }) {
  return (
    <PlainTable
      columns={["Account", "Tier", "Who engaged", "Priority"]}
      rows={lines.map((line) => ({
        key: line.companyId,
        cells: [<CompanyLink key="account" of={line} />, <TierCell key="tier" line={line} />, line.people, line.score],
      }))}
    />
  );
}

const TierCell = ({ line }: { line: EngagedLine }) =>
  line.moved === "" ? <Text>{line.tier}</Text> : <Tag variant="info">{line.moved}</Tag>;

function RunningTable({ lines }: { lines: readonly RunningPlayLine[] }) {
  return (
    <PlainTable
      columns={["Play", "Tier", "How far", "Engaged this week", "Touches this week"]}
      rows={lines.map((line) => ({
        key: line.playId,
        cells: [line.name, line.tier, line.progress, line.engaged, line.touches],
      }))}
    />
  );
}
