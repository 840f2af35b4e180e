import { Text } from "@hubspot/ui-extensions";
import type { ReactNode } from "react";

/** What is good to know beside the point. */
export const Small = ({ children }: { children: ReactNode }) => <Text variant="microcopy">{children}</Text>;
