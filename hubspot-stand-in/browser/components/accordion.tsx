import { type ReactNode, useState } from "react";

interface AccordionProps {
  readonly title: string;
  readonly defaultOpen?: boolean;
  readonly children?: ReactNode;
}

export function Accordion({ title, defaultOpen = false, children }: AccordionProps) {
  const [open, setOpen] = useState(defaultOpen);
  return (
    <details className="accordion" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}
