import { type ReactNode, useEffect, useRef } from "react";

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

/** Names the page in the tab of the browser too. */
export function PageTitle({ children }: { children?: ReactNode }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title.current?.textContent ?? ""} · HubSpot stand-in`;
  });
  return <h1 ref={title}>{children}</h1>;
}

export const Heading = ({ children }: { children?: ReactNode }) => <h3>{children}</h3>;
