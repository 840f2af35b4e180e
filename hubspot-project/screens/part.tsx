import { Flex, Heading, Text } from "@hubspot/ui-extensions";
import type { ReactNode } from "react";

interface PartProps {
  readonly title?: string;
  /** What it is for, in a sentence. */
  readonly text?: string;
  readonly gap?: "xs" | "sm" | "md" | "lg";
  readonly children?: ReactNode;
}

/** Something below something else, with its own heading when it has one. */
export function Part({ title, text, gap = "sm", children }: PartProps) {
  return (
    <Flex direction="column" gap={gap}>
      {title === undefined ? null : <Heading>{title}</Heading>}
      {text === undefined ? null : <Text>{text}</Text>}
      {children}
    </Flex>
  );
}
