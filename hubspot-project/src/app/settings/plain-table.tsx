import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@hubspot/ui-extensions";
import type { ReactNode } from "react";

interface PlainTableProps {
  readonly columns: readonly string[];
  /** The first cell of a row names it, and must be its own. */
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
}

/** A table of facts; the last column may hold the one action of a row. */
export function PlainTable({ columns, rows }: PlainTableProps) {
  return (
    <Table bordered density="condensed">
      <TableHead>
        <TableRow>
          {columns.map((column) => (
            <TableHeader key={column}>{column}</TableHeader>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map(({ key, cells }) => (
          <TableRow key={key}>
            {columns.map((column, index) => (
              <TableCell key={column}>{cells[index]}</TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
