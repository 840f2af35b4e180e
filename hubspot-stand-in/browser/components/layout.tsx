import { Children, type CSSProperties, type ReactNode } from "react";

const gaps: Readonly<Record<string, number>> = {
  flush: 0,
  "extra-small": 4,
  xs: 4,
  small: 8,
  sm: 8,
  medium: 16,
  md: 16,
  large: 24,
  lg: 24,
  "extra-large": 32,
  xl: 32,
};
const gapOf = (gap = "flush"): number => gaps[gap] ?? 0;

const flexAlign: Readonly<Record<string, string>> = {
  start: "flex-start",
  end: "flex-end",
  around: "space-around",
  between: "space-between",
};
const alignOf = (value = ""): string => flexAlign[value] ?? value;

interface FlexProps {
  readonly direction?: "row" | "column";
  readonly gap?: string;
  readonly align?: string;
  readonly justify?: string;
  readonly wrap?: boolean | "wrap" | "nowrap";
  readonly children?: ReactNode;
}

export function Flex({ direction = "row", gap, align, justify, wrap, children }: FlexProps) {
  const style: CSSProperties = {
    flexDirection: direction,
    gap: gapOf(gap),
    alignItems: alignOf(align ?? "stretch"),
    justifyContent: alignOf(justify ?? "start"),
    flexWrap: wrap === true || wrap === "wrap" ? "wrap" : "nowrap",
  };
  return (
    <div className="flex" style={style}>
      {children}
    </div>
  );
}

export const Inline = (props: FlexProps) => <Flex {...props} direction="row" align={props.align ?? "center"} wrap />;

interface AutoGridProps {
  readonly columnWidth: number;
  readonly gap?: string;
  readonly flexible?: boolean;
  readonly children?: ReactNode;
}

export function AutoGrid({ columnWidth, gap, flexible = false, children }: AutoGridProps) {
  const column = flexible ? `minmax(${columnWidth}px, 1fr)` : `${columnWidth}px`;
  return (
    <div style={{ display: "grid", gap: gapOf(gap), gridTemplateColumns: `repeat(auto-fit, ${column})` }}>
      {children}
    </div>
  );
}

export const Divider = () => <hr className="divider" />;

export function List({ variant = "unordered", children }: { variant?: string; children?: ReactNode }) {
  const Tag = variant.startsWith("ordered") ? "ol" : "ul";
  return (
    <Tag className="list">
      {Children.map(children, (child) => (
        <li>{child}</li>
      ))}
    </Tag>
  );
}
