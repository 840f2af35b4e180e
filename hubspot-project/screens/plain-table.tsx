import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@hubspot/ui-extensions";
import type { ReactNode } from "react";

interface PlainTableProps {
  /** Titles of the columns; the last one is narrow and holds the row's action when its title is empty. */
  readonly columns: readonly string[];
  /** One cell for each column. */
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
}

export function PlainTable({ columns, rows }: PlainTableProps) {
  const widthOf = (title: string) => (title === "" ? ({ width: "min", align: "right" } as const) : {});
  return (
    <Table bordered density="condensed">
      <TableHead>
        <TableRow>
          {columns.map((title) => (
            <TableHeader key={title} {...widthOf(title)}>
              {title}
            </TableHeader>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map(({ key, cells }) => (
          <TableRow key={key}>
            {columns.map((title, index) => (
              <TableCell key={title} {...widthOf(title)}>
                {cells[index]}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
