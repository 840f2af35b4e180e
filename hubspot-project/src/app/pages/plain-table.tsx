import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@hubspot/ui-extensions";
import type { ReactNode } from "react";

interface PlainTableProps<Row> {
  /** Titles of the columns; the last one is narrow and holds the row's action when its title is empty. */
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  keyOf(row: Row): string;
  /** One cell for each column. */
  cells(row: Row): readonly ReactNode[];
}

export function PlainTable<Row>({ columns, rows, keyOf, cells }: PlainTableProps<Row>) {
  const isAction = (index: number) => columns[index] === "";
  return (
    <Table bordered density="condensed">
      <TableHead>
        <TableRow>
          {columns.map((title, index) => (
            <TableHeader key={title} {...(isAction(index) && { width: "min", align: "right" })}>
              {title}
            </TableHeader>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={keyOf(row)}>
            {cells(row).map((cell, index) => (
              <TableCell key={columns[index] ?? ""} {...(isAction(index) && { width: "min", align: "right" })}>
                {cell}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
