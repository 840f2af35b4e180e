import { Text } from "@hubspot/ui-extensions";
import type { ReactNode } from "react";

/** What the eye shall find first in a row. */
export const Bold = ({ children }: { children: ReactNode }) => (
  <Text format={{ fontWeight: "demibold" }}>{children}</Text>
);
