import {
  Flex,
  Heading,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Text,
} from "@hubspot/ui-extensions";
import type { ReportCell, ReportRow, ReportSection } from "@touchstone/shared/reports-api.ts";
import { ReportPicture } from "./report-picture.tsx";

/** In pixels: a figure stands in one line and its interval in two, and what is left is for the definitions. */
const figureWidth = 170;

/** One section of the reports: its picture, its figures with their definitions, and what holds for them. */
export const ReportTable = ({ section: { title, when, columns, rows, chart, notes } }: { section: ReportSection }) => (
  <Flex direction="column" gap="xs">
    <Heading>{title}</Heading>
    <Text variant="microcopy">{when}</Text>
    {chart === null ? null : <ReportPicture chart={chart} />}
    <Table bordered density="condensed">
      <TableHead>
        <TableRow>
          <TableHeader>What is counted</TableHeader>
          {columns.map((column) => (
            <TableHeader key={column} width={figureWidth}>
              {column}
            </TableHeader>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Row key={row.key} row={row} columns={columns} />
        ))}
      </TableBody>
    </Table>
    {notes.map((note) => (
      <Text key={note} variant="microcopy">
        {note}
      </Text>
    ))}
  </Flex>
);

const Row = ({ row: { label, definition, cells }, columns }: { row: ReportRow; columns: readonly string[] }) => (
  <TableRow>
    <TableCell>
      <Flex direction="column" gap="flush">
        <Text format={{ fontWeight: "demibold" }}>{label}</Text>
        <Text variant="microcopy">{definition}</Text>
      </Flex>
    </TableCell>
    {cells.map((cell, index) => (
      <TableCell key={columns[index] ?? ""} width={figureWidth}>
        <Figure cell={cell} />
      </TableCell>
    ))}
  </TableRow>
);

const Figure = ({ cell }: { cell: ReportCell }) => (
  <Flex direction="column" gap="flush">
    <Text>{cell.value}</Text>
    {cell.note === "" ? null : <Text variant="microcopy">{cell.note}</Text>}
  </Flex>
);
