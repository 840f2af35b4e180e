import { Flex, Heading, Text } from "@hubspot/ui-extensions";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import type { ReportCell, ReportSection } from "@touchstone/shared/reports-api.ts";
import { ReportPicture } from "./report-picture.tsx";

/** One section of the reports: its picture, its figures with their definitions, and what holds for them. */
export const ReportTable = ({ section: { title, when, columns, rows, chart, notes } }: { section: ReportSection }) => (
  <Flex direction="column" gap="xs">
    <Heading>{title}</Heading>
    <Text variant="microcopy">{when}</Text>
    {chart === null ? null : <ReportPicture chart={chart} />}
    <PlainTable
      columns={["What is counted", ...columns]}
      rows={rows.map(({ key, label, definition, cells }) => ({
        key,
        cells: [
          <Flex key="label" direction="column" gap="flush">
            <Text format={{ fontWeight: "demibold" }}>{label}</Text>
            <Text variant="microcopy">{definition}</Text>
          </Flex>,
          ...cells.map((cell, index) => <Figure key={columns[index] ?? ""} cell={cell} />),
        ],
      }))}
    />
    {notes.map((note) => (
      <Text key={note} variant="microcopy">
        {note}
      </Text>
    ))}
  </Flex>
);

const Figure = ({ cell }: { cell: ReportCell }) => (
  <Flex direction="column" gap="flush">
    <Text>{cell.value}</Text>
    {cell.note === "" ? null : <Text variant="microcopy">{cell.note}</Text>}
  </Flex>
);
