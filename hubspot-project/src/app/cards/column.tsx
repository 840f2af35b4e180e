import { Flex } from "@hubspot/ui-extensions";
import type { ReactNode } from "react";

interface ColumnProps {
  readonly gap?: "flush" | "xs" | "sm" | "md";
  readonly children: ReactNode;
}

/** What stands below each other; said once, as a bundle carries every word of every use. */
export const Column = ({ gap = "xs", children }: ColumnProps) => (
  <Flex direction="column" gap={gap}>
    {children}
  </Flex>
);
