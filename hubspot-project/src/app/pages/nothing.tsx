import { EmptyState, Flex, Text } from "@hubspot/ui-extensions";
import type { EmptyText } from "@touchstone/shared/home-api.ts";
import type { ReactNode } from "react";

/** Nothing to show: what that means, and what to do. */
export function Nothing({ text, children }: { text: EmptyText; children?: ReactNode }) {
  return (
    <EmptyState title={text.title} layout="vertical" imageName="target" imageWidth={160}>
      <Flex direction="column" align="center" gap="sm">
        <Text>{text.text}</Text>
        {children}
      </Flex>
    </EmptyState>
  );
}
