import { Table, TableBody, TableCell, TableFooter, TableHead, TableHeader, TableRow } from "@hubspot/ui-extensions";
import type { ScoreView } from "@touchstone/shared/card-api.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import { Bold } from "./bold.tsx";
import { LedgerLineRow } from "./ledger-line-row.tsx";
import { type LedgerGroup, ledgerGroups, sumOfPoints } from "./ledger-rows.ts";
import { Small } from "./small.tsx";

/** Only lines and the three closing rows have a figure in the column of points, so that the column adds up by hand. */
export function LedgerTable({ score, format }: { score: ScoreView; format: ReaderFormat }) {
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
        {ledgerGroups(score).flatMap((group) => [
          <AxisRow key={group.key} group={group} format={format} />,
          ...group.lines.map((line) => (
            <LedgerLineRow key={`${group.key}:${line.criterion}`} line={line} format={format} />
          )),
        ])}
      </TableBody>
      <TableFooter>
        <SumRow label="All lines" points={format.points(sumOfPoints(score.lines))} why="Sum of all lines above" />
        <SumRow label="Rounding" points={format.change(score.rounding)} why="Rounded once, to one decimal" />
        <SumRow
          label="Score"
          points={score.score === null ? "n/a" : format.score(score.score)}
          why="The number on the card"
        />
      </TableFooter>
    </Table>
  );
}

function AxisRow({ group, format }: { group: LedgerGroup; format: ReaderFormat }) {
  return (
    <TableRow>
      <TableCell colSpan={3}>
        <Bold>{`${group.label}: ${format.points(group.points)} of ${format.points(group.max)}`}</Bold>
      </TableCell>
    </TableRow>
  );
}

function SumRow({ label, points, why }: { label: string; points: string; why: string }) {
  return (
    <TableRow>
      <TableCell>
        <Bold>{label}</Bold>
      </TableCell>
      <TableCell width="min" align="right">
        <Bold>{points}</Bold>
      </TableCell>
      <TableCell>
        <Small>{why}</Small>
      </TableCell>
    </TableRow>
  );
}
