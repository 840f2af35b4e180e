import {
  Table,
  TableBody,
  TableCell,
  TableFooter,
  TableHead,
  TableHeader,
  TableRow,
  Text,
} from "@hubspot/ui-extensions";
import type { ScoreView } from "@touchstone/shared/card-api.ts";
import { LedgerLineRow } from "./ledger-line-row.tsx";
import { ledgerSum } from "./ledger-rows.ts";
import type { ReaderFormat } from "./reader-format.ts";

const bold = { fontWeight: "bold" } as const;

export function LedgerTable({ score, format }: { score: ScoreView; format: ReaderFormat }) {
  const sum = ledgerSum(score);
  return (
    <Table bordered density="condensed">
      <TableHead>
        <TableRow>
          <TableHeader>Rule</TableHeader>
          <TableHeader width="min" align="right">
            Points
          </TableHeader>
          <TableHeader>Why</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {sum.groups.flatMap((group) => [
          <TableRow key={group.key}>
            <TableCell>
              <Text format={bold}>{group.label}</Text>
            </TableCell>
            <TableCell width="min" align="right">
              <Text format={bold}>{`${format.points(group.points)} of ${format.points(group.max)}`}</Text>
            </TableCell>
            <TableCell>
              <Text variant="microcopy">Sum of the lines below</Text>
            </TableCell>
          </TableRow>,
          ...group.lines.map((line) => (
            <LedgerLineRow key={`${group.key}:${line.criterion}`} line={line} format={format} />
          )),
        ])}
      </TableBody>
      <TableFooter>
        <SumRow label="All lines" points={format.points(sum.lines)} why="Sum of all lines above" />
        <SumRow label="Rounding" points={signed(sum.rounding, format)} why="Rounded once, to one decimal" />
        <SumRow
          label="Score"
          points={sum.score === null ? "n/a" : format.score(sum.score)}
          why="The number on the card"
        />
      </TableFooter>
    </Table>
  );
}

function SumRow({ label, points, why }: { label: string; points: string; why: string }) {
  return (
    <TableRow>
      <TableCell>
        <Text format={bold}>{label}</Text>
      </TableCell>
      <TableCell width="min" align="right">
        <Text format={bold}>{points}</Text>
      </TableCell>
      <TableCell>
        <Text variant="microcopy">{why}</Text>
      </TableCell>
    </TableRow>
  );
}

const signed = (value: number, format: ReaderFormat): string => (value > 0 ? "+" : "") + format.points(value);
