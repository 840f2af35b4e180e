import { Flex, Heading, Inline, List, Select, Text } from "@hubspot/ui-extensions";
import { Answered } from "@touchstone/screens/answered.tsx";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import { RefreshRow } from "@touchstone/screens/refresh-row.tsx";
import { type AnswerSource, useAnswer } from "@touchstone/screens/use-answer.ts";
import {
  type ReportCell,
  type ReportDays,
  type ReportSection,
  type ReportsView,
  reportDays,
} from "@touchstone/shared/reports-api.ts";
import { useCallback, useState } from "react";
import { useClient } from "./client-context.ts";
import { Nothing } from "./nothing.tsx";
import { ReportPicture } from "./report-picture.tsx";

/** Whether the programme works: each figure with what it is made of and how far chance may carry it (market.md §5). */
export function ReportsPage() {
  const client = useClient();
  const [days, setDays] = useState<ReportDays>(90);
  const source = useAnswer(useCallback(() => client.getReports(days), [client, days]));
  return (
    <Answered source={source} what="the reports">
      {(view) => <Reports view={view} source={source} days={days} choose={setDays} />}
    </Answered>
  );
}

interface ReportsProps {
  readonly view: ReportsView;
  readonly source: AnswerSource<ReportsView>;
  readonly days: ReportDays;
  choose(days: ReportDays): void;
}

const periods = reportDays.map((days) => ({ value: days, label: `The last ${days} days` }));

function Reports({ view, source, days, choose }: ReportsProps) {
  return (
    <Flex direction="column" gap="lg">
      <Inline gap="md" align="end">
        <Select
          label="Period"
          name="days"
          value={days}
          options={periods}
          onChange={(value) => {
            const chosen = reportDays.find((one) => one === Number(value));
            if (chosen !== undefined) choose(chosen);
          }}
        />
        <Text variant="microcopy">{view.period}</Text>
      </Inline>
      {view.empty === null ? <Sections view={view} /> : <Nothing text={view.empty} />}
      <RefreshRow source={source} />
    </Flex>
  );
}

const Sections = ({ view }: { view: ReportsView }) => (
  <>
    {view.sections.map((section) => (
      <Section key={section.key} section={section} />
    ))}
    <Flex direction="column" gap="xs">
      <Heading>How to read this</Heading>
      <List variant="unordered-styled">
        {view.notes.map((note) => (
          <Text key={note} variant="microcopy">
            {note}
          </Text>
        ))}
      </List>
    </Flex>
  </>
);

const Section = ({ section }: { section: ReportSection }) => (
  <Flex direction="column" gap="xs">
    <Heading>{section.title}</Heading>
    {section.chart === null ? null : <ReportPicture chart={section.chart} />}
    <PlainTable
      columns={["What is counted", ...section.columns]}
      rows={section.rows.map(({ key, label, definition, cells }) => ({
        key,
        cells: [
          <Flex key="label" direction="column" gap="flush">
            <Text format={{ fontWeight: "demibold" }}>{label}</Text>
            <Text variant="microcopy">{definition}</Text>
          </Flex>,
          ...cells.map((cell, index) => <Figure key={section.columns[index] ?? ""} cell={cell} />),
        ],
      }))}
    />
  </Flex>
);

const Figure = ({ cell }: { cell: ReportCell }) => (
  <Flex direction="column" gap="flush">
    <Text>{cell.value}</Text>
    {cell.note === "" ? null : <Text variant="microcopy">{cell.note}</Text>}
  </Flex>
);
