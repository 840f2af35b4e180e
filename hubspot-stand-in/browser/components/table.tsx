import type { ReactNode } from "react";

interface PartProps {
  readonly children?: ReactNode;
}

export function Table({
  bordered = true,
  density = "default",
  children,
}: PartProps & { bordered?: boolean; density?: string }) {
  return <table className={`table table-${density} ${bordered ? "table-bordered" : ""}`}>{children}</table>;
}

export const TableHead = ({ children }: PartProps) => <thead>{children}</thead>;
export const TableBody = ({ children }: PartProps) => <tbody>{children}</tbody>;
export const TableFooter = ({ children }: PartProps) => <tfoot>{children}</tfoot>;
export const TableRow = ({ children }: PartProps) => <tr>{children}</tr>;

interface CellProps extends PartProps {
  readonly align?: "left" | "center" | "right";
  readonly width?: "min" | "max" | "auto" | number;
  readonly colSpan?: number;
}

/** A number is a width in pixels. */
const look = ({ align = "left", width = "auto" }: CellProps) => ({
  className: `align-${align} width-${width}`,
  ...(typeof width === "number" && { style: { width } }),
});

export const TableHeader = (props: CellProps) => (
  <th scope="col" {...look(props)}>
    {props.children}
  </th>
);
export const TableCell = (props: CellProps) => (
  <td {...look(props)} colSpan={props.colSpan}>
    {props.children}
  </td>
);
