import type { ReactNode } from "react";

interface TextProps {
  readonly variant?: "bodytext" | "microcopy";
  readonly inline?: boolean;
  readonly format?: { readonly fontWeight?: string; readonly italic?: boolean };
  readonly children?: ReactNode;
}

export function Text({ variant = "bodytext", inline = false, format = {}, children }: TextProps) {
  const names = ["text", variant, inline ? "inline" : "", format.fontWeight ?? "", format.italic ? "italic" : ""];
  return <span className={names.join(" ").trim()}>{children}</span>;
}

export const Heading = ({ children }: { children?: ReactNode }) => <h3>{children}</h3>;
